import { registry } from "@web/core/registry";
import {
    buildM2OFieldDescription,
    extractM2OFieldProps,
    Many2OneField,
} from "@web/views/fields/many2one/many2one_field";

/**
 * Partner or document of a line. Where there is none yet, it shows what may be meant, or else what the list says.
 */
export class OpenBalanceMatchField extends Many2OneField {
    static template = "account_open_balance.MatchField";
    static props = {
        ...Many2OneField.props,
        suggestionField: { type: String, optional: true },
        textField: { type: String, optional: true },
    };

    get isEmpty() {
        return this.props.readonly && !this.props.record.data[this.props.name];
    }

    get suggestion() {
        return this.props.record.data[this.props.suggestionField]?.display_name;
    }

    get text() {
        return this.props.record.data[this.props.textField];
    }
}

registry.category("fields").add("open_balance_match", {
    ...buildM2OFieldDescription(OpenBalanceMatchField),
    extractProps(staticInfo, dynamicInfo) {
        const { suggestion_field, text_field } = staticInfo.options;
        return {
            ...extractM2OFieldProps(staticInfo, dynamicInfo),
            suggestionField: suggestion_field,
            textField: text_field,
        };
    },
    fieldDependencies: ({ options }) =>
        [
            options.suggestion_field && { name: options.suggestion_field, type: "many2one" },
            options.text_field && { name: options.text_field, type: "char" },
        ].filter(Boolean),
});
