import { registry } from "@web/core/registry";
import { inputFiles } from "@web/../tests/utils";

const LIST = [
    "Debtors per 31-03-2024;;;;;",
    "10001;Azure Interior;Branch North;5.000,00;4.000,00;1.250,50",
    "10002;Deco Addict;;;;75,00",
].join("\r\n");

const row = (number) => `.o_field_widget[name=line_ids] .o_data_row:contains("${number}")`;
const figure = (name, amount) => `.o_notebook .o_field_widget[name=${name}]:contains('${amount}')`;

registry.category("web_tour.tours").add("open_balance_debtor", {
    url: "/odoo/open-balance-imports",
    steps: () => [
        {
            content: "Import",
            trigger: ".o_list_view .o_control_panel button:contains(Import)",
            run: "click",
        },
        {
            content: "Choose the list",
            trigger: ".modal .o_open_balance_dropzone",
            async run() {
                await inputFiles(".modal .o_input_file", [new File([LIST], "debtors.csv", { type: "text/csv" })]);
            },
        },
        { trigger: ".modal .o_attachment:contains('debtors.csv')" },
        {
            content: "Take balances only",
            trigger: ".modal .o_field_widget[name=per] .o_radio_item:contains('Per debtor') input",
            run: "click",
        },
        { trigger: ".modal:contains('No document is touched')" },
        {
            content: "Preview",
            trigger: ".modal button[name=action_preview]:enabled",
            run: "click",
        },
        {
            content: "Before and after, balance and limit",
            trigger: `${row("Azure Interior")} td[name=balance_before]:contains('800.00')`,
        },
        { trigger: `${row("Azure Interior")} td[name=reported_balance]:contains('1,250.50')` },
        { trigger: `${row("Azure Interior")} td[name=limit_before]:contains('3,000.00')` },
        { trigger: `${row("Azure Interior")} td[name=limit_after]:contains('5,000.00')` },
        { trigger: `${row("Azure Interior")} td[name=internal_after]:contains('4,000.00')` },
        { trigger: ".o_open_balance_tile[data-tile=set_balance]:contains(2)" },
        {
            content: "Apply",
            trigger: "button[name=action_apply]",
            run: "click",
        },
        {
            trigger: ".modal button.btn-primary:contains(Apply)",
            run: "click",
        },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(Done)" },
        {
            content: "Open the partner",
            trigger: `${row("Azure Interior")} td[name=partner_id] a`,
            run: "click",
        },
        {
            trigger: ".o_notebook_headers a[name=accounting]",
            run: "click",
        },
        {
            content: "Balance and limits",
            trigger: figure("open_balance_import", "1,250.50"),
        },
        { trigger: ".o_notebook .o_field_widget[name=credit_limit] input:value('5,000.00')" },
        { trigger: ".o_notebook .o_field_widget[name=internal_credit_limit] input:value('4,000.00')" },
        {
            content: "History",
            trigger: ".o_notebook button:contains(History)",
            run: "click",
        },
        {
            content: "Both lists, the last one first",
            trigger: ".o_list_view .o_data_row:first-child td[name=balance]:contains('1,250.50')",
        },
        { trigger: ".o_list_view .o_data_row:nth-child(2) td[name=balance]:contains('800.00')" },
        { trigger: ".o_list_view .o_data_row:first-child td[name=credit_limit]:contains('5,000.00')" },
        {
            content: "As a line",
            trigger: ".o_cp_switch_buttons .o_graph",
            run: "click",
        },
        { trigger: ".o_graph_view .o_graph_button[data-mode=line].active" },
        { trigger: ".o_graph_renderer canvas" },
    ],
});
