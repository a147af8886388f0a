import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";
import { inputFiles } from "@web/../tests/utils";

const tile = (name) => `.o_open_balance_tile[data-tile=${name}]`;
const row = (number) => `.o_field_widget[name=line_ids] .o_data_row:contains("${number}")`;
const back = {
    content: "Back to the import",
    trigger: ".o_breadcrumb .o_back_button a",
    run: "click",
};

registry.category("web_tour.tours").add("open_balance_opening", {
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
            trigger: "[data-menu-xmlid='account_open_balance.open_balance_import_upload_menu_receivable']",
            run: "click",
        },
        {
            content: "The dialog starts with open items",
            trigger: ".modal .o_field_widget[name=per] .o_radio_item:contains('Per invoice') input:checked",
        },
        {
            content: "Choose the completed template",
            trigger: ".modal .o_open_balance_dropzone",
            async run() {
                const response = await fetch("/open_balance_tour/opening.xlsx");
                await inputFiles(".modal .o_input_file", [new File([await response.blob()], "opening.xlsx")]);
            },
        },
        {
            content: "It is recognised",
            trigger: ".modal .o_field_widget[name=per] .o_radio_item:contains('Opening documents') input:checked",
        },
        { trigger: ".modal button[name=action_download_opening_template]" },
        { trigger: ".modal button[name=action_download_opening_partners]" },
        {
            content: "Preview",
            trigger: ".modal button[name=action_preview]:enabled",
            run: "click",
        },
        {
            content: "Two rows will be created, one has an unknown vendor",
            trigger: `${tile("create")}:contains(2)`,
        },
        { trigger: `${row("TOUR-77")} td[name=document_type]:contains('Customer Invoice')` },
        { trigger: `${row("TOUR-77")} td[name=total_amount]:contains('1,190.00')` },
        { trigger: `${row("TOUR-77")} td[name=payment_amount]:contains('500.00')` },
        { trigger: `${row("TOUR-77")} td[name=reported_balance]:contains('690.00')` },
        {
            content: "Nothing of other lists is shown",
            trigger: ".o_field_widget[name=line_ids]:not(:has(th[data-name=booked_balance]))",
        },
        {
            content: "Show what is to be reviewed",
            trigger: `${tile("review")}:contains(1)`,
            run: "click",
        },
        {
            content: "Assign the vendor",
            trigger: `.o_field_widget[name=line_ids]:not(:has(.o_data_row:contains('TOUR-77'))) .o_data_row:contains('RE-9') td[name=partner_id]`,
            run: "click",
        },
        {
            trigger: `${row("RE-9")} td[name=partner_id] input`,
            run: "edit Wood Corner",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains('Wood Corner')",
            run: "click",
        },
        {
            content: "Plan again with the vendor",
            trigger: ".o_form_statusbar button[name=action_plan]",
            run: "click",
        },
        {
            content: "Nothing is left to review",
            trigger: `${tile("review")}:disabled`,
        },
        { trigger: `${tile("create")}:contains(3)` },
        {
            content: "What the lists mean is told with the settings",
            trigger: ".o_notebook_headers a[name=settings]",
            run: "click",
        },
        { trigger: ".o_field_widget[name=opening_form]:contains('Invoices, bills and credit notes')" },
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
            content: "Three documents",
            trigger: "button[name=action_open_documents] .o_stat_value:contains(3)",
        },
        {
            content: "and two payments",
            trigger: "button[name=action_open_payments] .o_stat_value:contains(2)",
        },
        {
            trigger: ".o_notebook_headers a[name=lines]",
            run: "click",
        },
        {
            content: "Open the invoice of which a part was paid",
            trigger: `${row("TOUR-77")} td[name=move_id] a`,
            run: "click",
        },
        { trigger: ".o_widget_web_ribbon .ribbon:contains(Partial)" },
        { trigger: "div[name=open_balance_opening]:contains('never sent')" },
        { trigger: ".o_field_widget[name=open_balance_number]:contains('TOUR-77')" },
        { trigger: ".o_field_widget[name=invoice_date_due]:contains('Feb 14, 2024'), .o_field_widget[name=invoice_date_due] input:value('02/14/2024')" },
        { trigger: ".oe_subtotal_footer .o_field_widget[name=amount_residual]:contains('690.00')" },
        back,
        {
            content: "Open the one that was paid",
            trigger: `${row("TOUR-78")} td[name=move_id] a`,
            run: "click",
        },
        { trigger: ".o_widget_web_ribbon .ribbon:contains(Paid)" },
        back,
        {
            content: "Open the bill",
            trigger: `${row("RE-9")} td[name=move_id] a`,
            run: "click",
        },
        { trigger: ".oe_subtotal_footer .o_field_widget[name=amount_residual]:contains('238.00')" },
    ],
});
