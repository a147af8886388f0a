import { Component, useState } from "@odoo/owl";
import { formatInteger, formatMonetary } from "@web/views/fields/formatters";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * The tiles, in reading order. Those marked `always` are there even when they count nothing, so that the picture is
 * the same from run to run; `per` says for which kinds of lists, all if it is missing.
 */
const TILES = [
    { name: "review", label: _t("To review"), doneLabel: _t("Left for review"), color: "danger", always: true },
    { name: "create", label: _t("To create"), doneLabel: _t("Created"), color: "success", always: true, per: ["opening"] },
    { name: "pay", label: _t("To pay"), doneLabel: _t("Paid"), color: "success", always: true, per: ["invoice"] },
    { name: "set_balance", label: _t("To set"), doneLabel: _t("Set"), color: "success", always: true, per: ["debtor"] },
    { name: "zero_balance", label: _t("Zero, absent"), color: "warning", always: true, per: ["debtor"] },
    { name: "close", label: _t("Closed by absence"), color: "warning", always: true, per: ["invoice"] },
    { name: "reopen", label: _t("Reopened"), color: "warning" },
    { name: "overpay", label: _t("Overpaid"), color: "warning" },
    { name: "cancel", label: _t("Payments cancelled"), color: "warning" },
    { name: "external", label: _t("External items"), color: "info", always: true, per: ["invoice"] },
    { name: "close_external", label: _t("External items closed"), color: "info" },
    { name: "adopt", label: _t("External items adopted"), color: "info" },
    { name: "keep", label: _t("Unchanged"), color: "secondary", always: true, per: ["invoice", "debtor"] },
    { name: "skip", label: _t("Skipped"), color: "secondary", always: true, per: ["opening"] },
];

/**
 * Counts and amounts per action. A tile shows only its lines in the list below; a second click shows all again.
 */
export class OpenBalanceSummary extends Component {
    static template = "account_open_balance.Summary";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        // The list that is filtered: after a reload there is another one, which shows all its lines.
        this.state = useState({ listId: null, tile: null });
    }

    get record() {
        return this.props.record;
    }

    get list() {
        return this.record.data.line_ids;
    }

    get activeTile() {
        return this.state.listId === this.list.id ? this.state.tile : null;
    }

    get tiles() {
        const summary = this.record.data[this.props.name] || {};
        const currencyId = this.record.data.company_currency_id?.id;
        const isDone = ["done", "undone"].includes(this.record.data.state);
        // Invoices less bills less credit notes is no amount that anybody looks for: the totals tell them apart.
        const hasAmount = this.record.data.per !== "opening";
        const tiles = TILES.map((tile) => ({ ...tile, count: 0, amount: 0, ...summary[tile.name] }))
            .filter((tile) => tile.count || (tile.always && (!tile.per || tile.per.includes(this.record.data.per))))
            .map((tile) => ({
                ...tile,
                label: (isDone && tile.doneLabel) || tile.label,
                amount: hasAmount ? formatMonetary(tile.amount, { currencyId }) : "",
                countText: formatInteger(tile.count),
                domain: [["action", "=", tile.name]],
            }));
        const failed = this.record.data.failed_count;
        if (failed) {
            const domain = [["state", "=", "failed"]];
            const countText = formatInteger(failed);
            tiles.unshift({ name: "failed", label: _t("Failed"), color: "danger", count: failed, countText, domain });
        }
        return tiles;
    }

    async onClick(tile) {
        const list = this.list;
        if (!(await list.leaveEditMode())) {
            return;
        }
        const active = this.activeTile === tile.name ? null : tile.name;
        const ids = active ? await this.searchLines(tile.domain) : [...list.resIds];
        await list.model.mutex.exec(() => list._load({ offset: 0, nextCurrentIds: ids }));
        list.count = ids.length;
        Object.assign(this.state, { listId: list.id, tile: active });
    }

    searchLines(domain) {
        return this.orm.search("open.balance.import.line", [["import_id", "=", this.record.resId], ...domain], {
            order: "rank, id",
        });
    }
}

registry.category("fields").add("open_balance_summary", {
    component: OpenBalanceSummary,
    supportedTypes: ["json"],
});
