import { Component, onMounted, onWillUnmount, status, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const INTERVAL = 3000;

/**
 * What a run in the background is at. It asks every few seconds, only for that; when the run is through, the form is
 * loaded again. Leaving the page ends the asking, not the run.
 */
export class OpenBalanceProgress extends Component {
    static template = "account_open_balance.Progress";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        const { progress, progress_sentence } = this.props.record.data;
        this.state = useState({ progress, sentence: progress_sentence });
        onMounted(() => (this.timer = setInterval(() => this.follow(), INTERVAL)));
        onWillUnmount(() => clearInterval(this.timer));
    }

    async follow() {
        const record = this.props.record;
        if (this.isAsking || record.data.state !== "running") {
            return;
        }
        this.isAsking = true;
        try {
            const names = ["state", "progress", "progress_sentence"];
            const [run] = await this.orm.silent.read("open.balance.import", [record.resId], names);
            if (status(this) === "destroyed" || !run) {
                return;
            }
            if (run.state !== "running") {
                await record.load();
            } else {
                Object.assign(this.state, { progress: run.progress, sentence: run.progress_sentence });
            }
        } catch {
            // The server may be out of reach for a moment: it is asked again.
        } finally {
            this.isAsking = false;
        }
    }
}

registry.category("fields").add("open_balance_progress", {
    component: OpenBalanceProgress,
    supportedTypes: ["float"],
    fieldDependencies: [
        { name: "state", type: "selection" },
        { name: "progress_sentence", type: "char" },
    ],
});
