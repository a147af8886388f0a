import { Component } from "@odoo/owl";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { STATIC_ACTIONS_GROUP_NUMBER } from "@web/search/action_menus/action_menus";

/**
 * "Import Open Balances" in the gear menu of invoices and of partners. It needs no selected record.
 */
export class OpenBalanceCogMenu extends Component {
    static template = "account_open_balance.CogMenu";
    static components = { DropdownItem };
    static props = {};

    setup() {
        this.action = useService("action");
    }

    openUpload() {
        this.action.doAction("account_open_balance.open_balance_import_upload_action");
    }
}

function showsDocumentsOrPartners({ resModel, globalContext }) {
    const moveType = globalContext.default_move_type || "";
    return resModel === "res.partner" || (resModel === "account.move" && /^(in|out)_/.test(moveType));
}

export const openBalanceCogMenuItem = {
    Component: OpenBalanceCogMenu,
    groupNumber: STATIC_ACTIONS_GROUP_NUMBER,
    isDisplayed: async ({ config, searchModel }) =>
        config.actionType === "ir.actions.act_window" &&
        ["kanban", "list"].includes(config.viewType) &&
        showsDocumentsOrPartners(searchModel) &&
        (await user.hasGroup("account.group_account_invoice")),
};

registry.category("cogMenu").add("open-balance-import", openBalanceCogMenuItem, { sequence: 2 });
