import { registry } from "@web/core/registry";

const card = (text) => `.o_kanban_record:contains('Ledger')${text ? `:contains('${text}')` : ""}`;

registry.category("web_tour.tours").add("open_balance_sources", {
    steps: () => [
        {
            content: "The card of a source shows what its last list ended with",
            trigger: card("1 to review"),
        },
        {
            trigger: card("No list since"),
        },
        {
            content: "Open the source",
            trigger: `${card("")} span:contains('Ledger')`,
            run: "click",
        },
        {
            content: "What is set for lists that come by themselves",
            trigger: ".o_notebook_headers a[name=unattended]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=apply_automatically] input",
            run: "check",
        },
        {
            content: "A limit can be set then",
            trigger: ".o_field_widget[name=apply_limit] input",
            run: "edit 500",
        },
        {
            content: "Save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
    ],
});
