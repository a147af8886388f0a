import { Component } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const MAX_SHOWN = 5;

/**
 * The problems of a run as alerts: what stops it, what was confirmed, what wants attention.
 */
export class OpenBalanceProblems extends Component {
    static template = "account_open_balance.Problems";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
    }

    get record() {
        return this.props.record;
    }

    get list() {
        return this.record.data[this.props.name];
    }

    get isFailed() {
        return this.record.data.state === "failed";
    }

    get groups() {
        const problems = this.list.records.map((record) => ({ ...record.data, id: record.resId }));
        const stops = problems.filter((problem) => problem.level === "stop");
        return [
            {
                name: "stops",
                color: "danger",
                title: this.isFailed ? _t("The list could not be read.") : _t("This list cannot be applied yet."),
                problems: stops.filter((problem) => !problem.confirmed_by_id),
            },
            { name: "confirmed", color: "secondary", problems: stops.filter((problem) => problem.confirmed_by_id) },
            {
                name: "warnings",
                color: "warning",
                problems: problems.filter((problem) => problem.level === "warning").slice(0, MAX_SHOWN),
            },
        ].filter((group) => group.problems.length);
    }

    get hiddenCount() {
        const shown = this.groups.reduce((sum, group) => sum + group.problems.length, 0);
        return this.list.count - shown;
    }

    getConfirmation(problem) {
        return _t("Confirmed by %(user)s on %(date)s", {
            user: problem.confirmed_by_id.display_name,
            date: formatDateTime(problem.confirmed_on),
        });
    }

    confirm(problem) {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Confirm"),
            body: _t("%s\n\nApply the list all the same? Your name is kept with it.", problem.message),
            confirmLabel: _t("Confirm"),
            confirm: async () => {
                await this.record.save();
                await this.orm.call("open.balance.import.problem", "action_confirm", [[problem.id]]);
                await this.record.load();
            },
            cancel: () => {},
        });
    }

    async take(problem) {
        await this.record.save();
        await this.orm.call("open.balance.import.problem", "action_take", [[problem.id]]);
        await this.record.load();
    }

    async openAll() {
        const action = await this.orm.call("open.balance.import", "action_open_alerts", [[this.record.resId]]);
        this.action.doAction(action);
    }
}

registry.category("fields").add("open_balance_problems", {
    component: OpenBalanceProblems,
    supportedTypes: ["one2many"],
    relatedFields: [
        { name: "level", type: "char" },
        { name: "message", type: "char" },
        { name: "file_name", type: "char" },
        { name: "row", type: "integer" },
        { name: "column", type: "char" },
        { name: "can_confirm", type: "boolean" },
        { name: "can_take", type: "boolean" },
        { name: "confirmed_by_id", type: "many2one", relation: "res.users" },
        { name: "confirmed_on", type: "datetime" },
    ],
});
