import { useRef } from "@odoo/owl";
import { useDropzone } from "@web/core/dropzone/dropzone_hook";
import { registry } from "@web/core/registry";
import { useFileUploader } from "@web/core/utils/files";
import { many2ManyBinaryField, Many2ManyBinaryField } from "@web/views/fields/many2many_binary/many2many_binary_field";

/**
 * Attached files, with an area to drop them on.
 */
export class OpenBalanceFiles extends Many2ManyBinaryField {
    static template = "account_open_balance.Files";

    setup() {
        super.setup();
        this.root = useRef("root");
        this.uploadFiles = useFileUploader();
        useDropzone(this.root, this.onDrop.bind(this), "o_open_balance_drop", () => !this.props.readonly);
    }

    async onDrop(ev) {
        const { resModel, resId } = this.props.record;
        const files = await this.uploadFiles("/web/binary/upload_attachment", {
            csrf_token: odoo.csrf_token,
            ufile: [...ev.dataTransfer.files],
            model: resModel,
            id: resId || 0,
        });
        if (files) {
            await this.onFileUploaded(files);
        }
    }
}

registry.category("fields").add("open_balance_files", {
    ...many2ManyBinaryField,
    component: OpenBalanceFiles,
});
