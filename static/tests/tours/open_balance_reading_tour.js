import { registry } from "@web/core/registry";

const block = ".o_open_balance_reading";
const cell = (row, column) => `${block} tr:nth-child(${row}) td:nth-child(${column})`;

registry.category("web_tour.tours").add("open_balance_reading", {
    steps: () => [
        {
            content: "Nobody knows the second column, so that the list stops",
            trigger: ".o_form_view:not(:has(button[name=action_apply])) .o_open_balance_stops:contains('Gribble')",
        },
        {
            content: "Each column stands there with some of its values",
            trigger: `${block} th:nth-child(2):contains('Gribble')`,
        },
        { trigger: `${cell(2, 2)}:contains('TOUR/2024/00001'):contains('X-2'):contains('X-3')` },
        { trigger: `${cell(2, 1)}:contains('10001'):contains('10002')` },
        { trigger: `${block} li:contains('no number')` },
        {
            content: "Say what it is",
            trigger: `${cell(3, 2)} button:contains('Not used')`,
            run: "click",
        },
        {
            trigger: `${cell(3, 2)} select`,
            run: "select number",
        },
        { trigger: `${cell(3, 2)} button:not(:contains('Not used'))` },
        {
            content: "Read the list so",
            trigger: `${block} button:contains('Plan Again')`,
            run: "click",
        },
        { trigger: `${block}:not(:has(button:contains('Plan Again'))) li:contains('TOUR/2024/00001')` },
        { trigger: ".o_form_view:not(:has(.o_open_balance_stops)) button[name=action_apply]" },
        {
            content: "The heading means it in all lists of the source",
            trigger: `${cell(3, 2)} button:contains('Keep on the source')`,
            run: "click",
        },
        { trigger: `${cell(3, 2)} button:disabled:contains('Kept on the source')` },
    ],
});
