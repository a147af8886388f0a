import { registry } from "@web/core/registry";

const told = "div[name=open_balance_receipt]";

registry.category("web_tour.tours").add("open_balance_receipt", {
    steps: () => [
        {
            content: "The document says that the bank's receipt has come",
            trigger: `${told}:contains("an unallocated receipt of the same amount is there")`,
            timeout: 60000, // the form is the first page that is opened
        },
        {
            content: "Let it take the place of the import's payment",
            trigger: `${told} button:contains("Replace the Payment by It")`,
            run: "click",
        },
        {
            content: "Nothing is left to say",
            trigger: `.o_form_view:not(:has(${told})) .o_field_widget[name=name]:contains("TOUR/2024/00001")`,
        },
    ],
});
