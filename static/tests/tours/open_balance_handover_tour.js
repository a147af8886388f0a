import { registry } from "@web/core/registry";
import { inputFiles } from "@web/../tests/utils";

// The package answers what was handed over today.
const TODAY = new Date().toISOString().slice(0, 10);

const ANSWER = [
    "<?xml version='1.0' encoding='utf-8'?><eExact><Messages>",
    "<Message type='2'><Topic code='GLTransactions' node='GLTransaction'><Data keyAlt='202400001'/></Topic>",
    `<Date>${TODAY}T08:15:00</Date><Description>Created</Description></Message>`,
    "<Message type='0'><Topic code='GLTransactions' node='GLTransaction'><Data keyAlt='202400002'/></Topic>",
    `<Date>${TODAY}T08:15:00</Date><Description>Period is closed: 2024 - 1</Description></Message>`,
    "</Messages></eExact>",
].join("");

const row = (text) => `.o_field_widget[name=document_line_ids] .o_data_row:contains('${text}')`;

registry.category("web_tour.tours").add("open_balance_handover", {
    steps: () => [
        {
            content: "List what needs a code",
            trigger: ".o_form_statusbar button[name=action_propose_codes]",
            run: "click",
        },
        {
            content: "Give the journal its code",
            trigger: ".o_field_widget[name=code_ids] .o_data_row:has(td[name=kind]:contains('Journal')) td[name=code]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=code_ids] .o_selected_row td[name=code] input",
            run: "edit 70",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "Collect",
            trigger: ".o_form_saved .o_form_statusbar button[name=action_collect], .o_form_statusbar button[name=action_collect]",
            run: "click",
        },
        {
            content: "One document is not ready: its partner has no number",
            trigger: `.alert-warning:contains('Ready to be handed over: 1. Not ready: 1')`,
        },
        {
            trigger: `${row("Deco Addict")} button[name=action_cure]`,
            run: "click",
        },
        {
            content: "The partner opens: give it a number",
            trigger: ".o_notebook_headers a[name=accounting]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=debtor_number] input",
            run: "edit 10002",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
        {
            trigger: ".o_back_button, .breadcrumb-item:last a",
            run: "click",
        },
        {
            content: "Check again",
            trigger: ".o_form_statusbar button[name=action_check]",
            run: "click",
        },
        {
            content: "Hand over",
            trigger: ".o_form_view:has(.alert-info:contains('Ready to be handed over: 2.')) button[name=action_hand_over]",
            run: "click",
        },
        {
            content: "It is waiting for the answer",
            trigger: ".alert-info:contains('Waiting for the answer of the package: 2.')",
        },
        {
            trigger: ".o_stat_text:contains('Files')",
        },
        {
            content: "Drop the answer into the upload dialog",
            trigger: ".o_menu_sections [data-menu-xmlid='account.menu_finance_receivables']",
            run: "click",
        },
        {
            trigger: ".dropdown-item[data-menu-xmlid='account_open_balance.open_balance_import_upload_menu_receivable']",
            run: "click",
        },
        {
            trigger: ".modal .o_open_balance_dropzone",
            async run() {
                await inputFiles(".modal .o_input_file", [new File([ANSWER], "Messages.xml", { type: "text/xml" })]);
            },
        },
        {
            trigger: ".modal .o_attachment:contains('Messages.xml')",
        },
        {
            trigger: ".modal button[name=action_preview]:enabled",
            run: "click",
        },
        {
            content: "One was accepted, one refused",
            trigger: `${row("TOUR/2024/00002")}:contains('Period is closed'):contains('Refused')`,
        },
        {
            trigger: `${row("TOUR/2024/00001")}:contains('Accepted')`,
        },
        {
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('Confirmed')",
        },
    ],
});
