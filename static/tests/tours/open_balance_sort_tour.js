import { registry } from "@web/core/registry";

const list = ".o_field_widget[name=line_ids]";
const cell = (row, number) => `.o_data_row:nth-child(${row}) td[name=number]:contains("${number}")`;

/** Wait until the lines are shown in that order; an error dialog would keep the list from changing. */
const isInOrder = (content, ...numbers) => ({
    content,
    trigger: `body:not(:has(.o_error_dialog)) ${list}${numbers
        .map((number, index) => `:has(${cell(index + 1, number)})`)
        .join("")}`,
});

const sortBy = (column) => ({
    content: `Click on the header of ${column}`,
    trigger: `${list} th[data-name=${column}]`,
    run: "click",
});

registry.category("web_tour.tours").add("open_balance_sort", {
    steps: () => [
        isInOrder("Lines that want a person come first", "X-3", "X-1", "00001", "00003", "00002", "X-2", "00004"),
        sortBy("partner_id"),
        isInOrder("By partner, each one's lines as before", "X-3", "00001", "00002", "00004", "X-1", "00003", "X-2"),
        sortBy("partner_id"),
        isInOrder("By partner, downwards", "X-1", "00003", "X-2", "00001", "00002", "00004", "X-3"),
        sortBy("partner_id"),
        isInOrder("As they were planned", "X-1", "00001", "X-3", "00003", "00002", "X-2", "00004"),
        sortBy("action"),
        isInOrder("By action, equal ones as before", "X-1", "X-2", "00003", "00001", "00002", "X-3", "00004"),
        sortBy("action"),
        isInOrder("By action, downwards", "00004", "X-3", "00001", "00002", "00003", "X-1", "X-2"),
    ],
});
