import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";
import { inputFiles } from "@web/../tests/utils";

const LIST = [
    "Open items per 31-03-2024;;;;;",
    "Customer;Name;Voucher Number;Voucher Date;Open Balance",
    "10001;Azure Interior;TOUR/2024/00002;15-01-2024;200,00",
    "99999;Deko;D-77;15-01-2024;250,00",
    "10001;Azure Interior;OLD-1;20-12-2019;100,00",
].join("\r\n");

const tile = (name) => `.o_open_balance_tile[data-tile=${name}]`;
const row = (number) => `.o_field_widget[name=line_ids] .o_data_row:contains("${number}")`;

registry.category("web_tour.tours").add("open_balance_import", {
    url: "/odoo",
    steps: () => [
        stepUtils.showAppsMenuItem(),
        {
            content: "Open Invoicing",
            trigger: ".o_app[data-menu-xmlid='account.menu_finance']",
            run: "click",
        },
        {
            content: "Open the menu of customers",
            trigger: "[data-menu-xmlid='account.menu_finance_receivables']",
            run: "click",
        },
        {
            content: "Import open balances",
            trigger: "[data-menu-xmlid='account_open_balance.open_balance_import_upload_menu_receivable']",
            run: "click",
        },
        {
            content: "Without a file there is nothing to preview",
            trigger: ".modal button[name=action_preview]:disabled",
        },
        {
            content: "Choose the list",
            trigger: ".modal .o_open_balance_dropzone",
            async run() {
                await inputFiles(".modal .o_input_file", [new File([LIST], "open items.csv", { type: "text/csv" })]);
            },
        },
        {
            content: "The file is there",
            trigger: ".modal .o_attachment:contains('open items.csv')",
        },
        {
            content: "Preview",
            trigger: ".modal button[name=action_preview]:enabled",
            run: "click",
        },
        {
            content: "The date comes from the file",
            trigger: ".o_field_widget[name=balance_date_origin]:contains('from the file')",
        },
        {
            content: "One line is to be reviewed: show only that one",
            trigger: `${tile("review")}:contains(1)`,
            run: "click",
        },
        {
            content: "Assign its partner",
            trigger: `.o_field_widget[name=line_ids]:not(:has(.o_data_row:contains('TOUR/2024/00002'))) .o_data_row:contains('D-77') td[name=partner_id]`,
            run: "click",
        },
        {
            trigger: `${row("D-77")} td[name=partner_id] input`,
            run: "edit Deco Addict",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains('Deco Addict')",
            run: "click",
        },
        {
            content: "Assign its document",
            trigger: `${row("D-77")} td[name=move_id] input`,
            run: "edit TOUR/2024/00003",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains('TOUR/2024/00003')",
            run: "click",
        },
        {
            content: "Editing leaves the counts alone",
            trigger: `${tile("pay")}:contains(1)`,
        },
        {
            content: "Plan again with what was assigned",
            trigger: ".o_form_statusbar button[name=action_plan]",
            run: "click",
        },
        {
            content: "Nothing is left to review",
            trigger: `${tile("review")}:disabled`,
        },
        {
            content: "What will be booked is told before",
            trigger: ".o_field_widget[name=apply_sentence]:contains('paid outside: 2')",
        },
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
            content: "Two payments were booked",
            trigger: "button[name=action_open_payments] .o_stat_value:contains(2)",
        },
        {
            content: "Open the invoice that the list no longer has",
            trigger: `${row("TOUR/2024/00001")} td[name=move_id] a`,
            run: "click",
        },
        {
            content: "It is paid",
            trigger: ".o_widget_web_ribbon .ribbon:contains(Paid)",
        },
        {
            content: "Back to the import",
            trigger: ".o_breadcrumb .o_back_button a",
            run: "click",
        },
        {
            content: "Open the partner",
            trigger: `${row("TOUR/2024/00002")} td[name=partner_id] a`,
            run: "click",
        },
        {
            trigger: ".o_notebook_headers a[name=accounting]",
            run: "click",
        },
        {
            content: "What the list says",
            trigger: ".o_field_widget[name=open_balance_import]:contains('300.00')",
        },
        {
            content: "What is newer than the list",
            trigger: ".o_field_widget[name=open_balance_invoices]:contains('70.00')",
        },
        {
            content: "Both together",
            trigger: ".o_notebook .o_field_widget[name=open_balance_total]:contains('370.00')",
        },
        {
            content: "Back to the import",
            trigger: ".o_breadcrumb .o_back_button a",
            run: "click",
        },
        {
            content: "Undo",
            trigger: "button[name=action_undo]",
            run: "click",
        },
        {
            trigger: ".modal button.btn-primary:contains(Undo)",
            run: "click",
        },
        {
            content: "Everything is taken back",
            trigger: ".o_field_widget[name=result_sentence]:contains('2 payments were undone')",
        },
    ],
});
