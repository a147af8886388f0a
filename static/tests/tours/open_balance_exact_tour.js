import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";
import { dragenterFiles, dropFiles } from "@web/../tests/utils";

const item = (number, date, amount, reference = "") => `
    <OutstandingItem number="${number}">
        ${reference && `<YourRef>${reference}</YourRef>`}
        <InvoiceDate>${date}</InvoiceDate><DueDate>${date}</DueDate><Currency code="USD"/>
        <InvoiceAmtFC>${amount}</InvoiceAmtFC><OutstandingAmtFC>${amount}</OutstandingAmtFC>
        <InvoiceAmtDC>${amount}</InvoiceAmtDC><OutstandingAmtDC>${amount}</OutstandingAmtDC>
    </OutstandingItem>`;
const page = (topic, code, name, items) => `<?xml version="1.0" encoding="utf-8"?>
    <eExact><${topic}s><${topic}>
        <Account code="${code}"><Name>${name}</Name></Account>
        <OutstandingItems>${items}</OutstandingItems>
    </${topic}></${topic}s></eExact>`;
const invoices = [2, 3, 4, 5, 6].map((number) => item(202400000 + number, "2024-01-15", 180));
const FILES = [
    ["ARs_1.XML", page("AR", "            10001", "Azure Interior", invoices.join(""))],
    ["APs_1.XML", page("AP", "70001", "Wood Corner", item(88, "2024-01-20", 100, "F-4711"))],
].map(([name, content]) => new File([content], name, { type: "text/xml" }));

const row = (number) => `.o_field_widget[name=line_ids] .o_data_row:contains("${number}")`;
const figure = (name, amount) => `.o_notebook .o_field_widget[name=${name}]:contains('${amount}')`;

registry.category("web_tour.tours").add("open_balance_exact", {
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
            content: "Drop both files at once",
            trigger: ".modal .o_open_balance_dropzone",
            async run() {
                await dragenterFiles(".modal .oe_fileupload", FILES);
                await dropFiles(".o_open_balance_drop", FILES);
            },
        },
        { trigger: ".modal .o_attachment:contains('ARs_1.XML')" },
        { trigger: ".modal .o_attachment:contains('APs_1.XML')" },
        {
            content: "Take the source that is there from the start",
            trigger: ".modal .o_field_widget[name=source_id] input",
            run: "edit Exact",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains('Exact Online')",
            run: "click",
        },
        {
            content: "Preview",
            trigger: ".modal button[name=action_preview]:enabled",
            run: "click",
        },
        {
            content: "The list's numbers are found without their prefix; an absent invoice is paid",
            trigger: ".o_open_balance_tile[data-tile=close]:contains(1)",
        },
        { trigger: `${row("202400002")}:contains('INV/2024/00002')` },
        {
            content: "The bill is found by the vendor's number, its sign by comparing",
            trigger: `${row("F-4711")} td[name=payment_amount]:contains('200.00')`,
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
            content: "Open the invoice that the list no longer has",
            trigger: `${row("INV/2024/00001")} td[name=move_id] a`,
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
            content: "Open the customer",
            trigger: `${row("202400002")} td[name=partner_id] a`,
            run: "click",
        },
        {
            trigger: ".o_notebook_headers a[name=accounting]",
            run: "click",
        },
        {
            content: "What the customer owes",
            trigger: figure("open_balance_import", "900.00"),
        },
        { trigger: figure("open_balance_total", "900.00") },
        {
            content: "Back to the import",
            trigger: ".o_breadcrumb .o_back_button a",
            run: "click",
        },
        {
            content: "Open the vendor",
            trigger: `${row("F-4711")} td[name=partner_id] a`,
            run: "click",
        },
        {
            trigger: ".o_notebook_headers a[name=accounting]",
            run: "click",
        },
        {
            content: "What we owe is positive",
            trigger: figure("open_payable_import", "100.00"),
        },
        { trigger: figure("open_payable_bills", "0.00") },
        { trigger: figure("open_payable_total", "100.00") },
    ],
});
