import { Component, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * How a list was read: its columns with what each was taken for, and its first rows as sentences. A click on a column
 * changes what it is taken for. What a person has confirmed before is one line that unfolds.
 */
export class OpenBalanceReading extends Component {
    static template = "account_open_balance.Reading";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ isUnfolded: false, columnId: null, keptIds: [], isManager: false });
        user.hasGroup("account.group_account_manager").then((isManager) => (this.state.isManager = isManager));
    }

    get record() {
        return this.props.record;
    }

    get reading() {
        return this.record.data[this.props.name] || { files: [], sentences: [], roles: [] };
    }

    get isShown() {
        return this.reading.is_new || this.state.isUnfolded;
    }

    get isEditable() {
        return ["draft", "planned", "failed"].includes(this.record.data.state);
    }

    getLabel(role) {
        return Object.fromEntries(this.reading.roles)[role] || "";
    }

    toggle() {
        this.state.isUnfolded = !this.state.isUnfolded;
    }

    edit(column) {
        if (this.isEditable) {
            this.state.columnId = column.id;
        }
    }

    async setRole(column, role) {
        this.state.columnId = null;
        await this.record.save();
        await this.orm.write("open.balance.import.column", [column.id], { field: role || false });
        await this.record.load();
    }

    async planAgain() {
        await this.record.save();
        await this.orm.call("open.balance.import", "action_plan", [[this.record.resId]]);
        await this.record.load();
    }

    async keep(column) {
        await this.orm.call("open.balance.import.column", "action_keep", [[column.id]]);
        this.state.keptIds.push(column.id);
    }
}

registry.category("fields").add("open_balance_reading", {
    component: OpenBalanceReading,
    supportedTypes: ["json"],
});
