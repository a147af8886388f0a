import { registry } from "@web/core/registry";
import { inputFiles } from "@web/../tests/utils";

const LIST = [
    "Customer;Voucher Number;Voucher Date;Open Balance",
    "10002;TOUR/2024/00003;15-01-2024;250,00",
    "10001;OLD-1;20-12-2019;100,00",
].join("\r\n");

const tile = (name) => `.o_open_balance_tile[data-tile=${name}]`;

const planAgain = {
    content: "Plan again",
    trigger: ".o_form_statusbar button[name=action_plan]",
    run: "click",
};

registry.category("web_tour.tours").add("open_balance_guard", {
    url: "/odoo/customer-invoices",
    steps: () => [
        {
            content: "Open the gear menu of the invoices",
            trigger: ".o_cp_action_menus button:has(.fa-cog)",
            run: "click",
        },
        {
            trigger: ".o_open_balance_import_menu",
            run: "click",
        },
        {
            content: "Choose the list",
            trigger: ".modal .o_open_balance_dropzone",
            async run() {
                await inputFiles(".modal .o_input_file", [new File([LIST], "short list.csv", { type: "text/csv" })]);
            },
        },
        {
            content: "Give the balance date",
            trigger: ".modal .o_attachment:contains('short list.csv')",
        },
        {
            trigger: ".modal .o_field_widget[name=balance_date] .o_input, .modal .o_field_widget[name=balance_date] button",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=balance_date] input",
            run: "edit 03/31/2024 && press Enter",
        },
        {
            content: "Preview",
            trigger: ".modal button[name=action_preview]:enabled",
            run: "click",
        },
        {
            content: "Too many documents are absent: the list is stopped and cannot be applied",
            trigger: ".o_form_view:not(:has(button[name=action_apply])) .o_open_balance_stops:contains('2 of 3')",
        },
        {
            content: "Say that the list is not complete",
            trigger: ".o_notebook_headers a[name=settings]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=complete] input",
            run: "uncheck",
        },
        planAgain,
        {
            content: "Then nothing is closed for being absent, and nothing stops the list",
            trigger: ".o_form_view:not(:has(.o_open_balance_stops)) button[name=action_apply]",
        },
        {
            content: "But it is complete",
            trigger: ".o_field_widget[name=complete] input",
            run: "check",
        },
        planAgain,
        {
            content: "Confirm the guard",
            trigger: ".o_open_balance_stops button:contains(Confirm)",
            run: "click",
        },
        {
            trigger: ".modal button.btn-primary:contains(Confirm)",
            run: "click",
        },
        {
            content: "It says who confirmed it",
            trigger: ".o_open_balance_confirmed:contains('Confirmed by')",
        },
        {
            content: "Two documents are closed, one item is external",
            trigger: ".o_notebook_headers a[name=lines]",
            run: "click",
        },
        { trigger: `${tile("close")}:contains(2)` },
        { trigger: `${tile("external")}:contains(1)` },
        {
            content: "Apply",
            trigger: "button[name=action_apply]",
            run: "click",
        },
        {
            trigger: ".modal button.btn-primary:contains(Apply)",
            run: "click",
        },
        {
            content: "See the external open item",
            trigger: "button[name=action_open_external_items]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains('OLD-1') td[name=company_balance]:contains('100.00')",
        },
    ],
});
