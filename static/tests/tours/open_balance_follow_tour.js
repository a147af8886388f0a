import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("open_balance_follow", {
    steps: () => [
        {
            content: "The run works, and says what it is at",
            trigger: ".o_open_balance_progress:contains('0 of 1 lines are through.')",
        },
        {
            content: "It is through: the form shows the result by itself",
            trigger: ".o_form_view .alert-success:contains('1 payments were booked.')",
        },
        {
            content: "And Undo is there",
            trigger: "button[name=action_undo]",
        },
    ],
});
