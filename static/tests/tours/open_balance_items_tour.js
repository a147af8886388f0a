import { registry } from "@web/core/registry";

const tile = (name, ...texts) =>
    `.o_kanban_record:contains("${name}")${texts.map((text) => `:contains("${text}")`).join("")}`;

registry.category("web_tour.tours").add("open_balance_items", {
    steps: () => [
        {
            content: "The overview tells what is open and how late it is",
            trigger: tile("Receivables", "1,750.00", "More than 120 days"),
            run: "click",
        },
        {
            content: "Its list is grouped by how late items are",
            trigger: '.o_group_header:contains("More than 120 days"):contains("1,750.00")',
            run: "click",
        },
        {
            content: "An overdue item is red; it is explained",
            trigger: '.o_data_row.text-danger:contains("TOUR/2024/00002") td[name=number]',
            run: "click",
        },
        {
            content: "What it was, what settled it, and the rest",
            trigger:
                '.o_field_widget[name=step_ids] .o_data_row:contains("Payment booked by a list"):contains("400.00"):contains("100.00")',
        },
        {
            content: "What the list said of it",
            trigger: '.o_field_widget[name=said_ids] .o_data_row:contains("Pay"):contains("100.00")',
        },
        { content: "Back to the list", trigger: ".breadcrumb-item:not(.active) a:last", run: "click" },
        { content: "As of another date", trigger: 'button:contains("As of")', run: "click" },
        {
            content: "Change the date",
            trigger: ".modal .o_field_widget[name=date] .o_input, .modal .o_field_widget[name=date] button",
            run: "click",
        },
        { content: "The day before the list", trigger: ".modal .o_field_widget[name=date] input", run: "edit 03/30/2024" },
        { content: "Show", trigger: '.modal button:contains("Show")', run: "click" },
        {
            content: "Nothing was paid then; the title names the date",
            trigger:
                '.o_breadcrumb:contains("Open Items as of 03/30/2024"), .o_control_panel:contains("Open Items as of 03/30/2024")',
        },
        {
            content: "The sum of the customer",
            trigger: '.o_group_header:contains("Azure Interior"):contains("1,500.00")',
        },
        { content: "As a pivot", trigger: ".o_switch_view.o_pivot", run: "click" },
        {
            content: "By partner and bucket, still as of that date",
            trigger: '.o_pivot table:contains("Azure Interior"):contains("1,500.00")',
        },
    ],
});

registry.category("web_tour.tours").add("open_balance_protocol", {
    steps: () => [
        {
            content: "The reconciliation of the list",
            trigger: 'button[name=action_open_protocol]',
            run: "click",
        },
        {
            content: "It adds up",
            trigger: ':iframe .o_open_balance_protocol tr[name=unexplained].text-success:contains("0.00")',
        },
    ],
});
