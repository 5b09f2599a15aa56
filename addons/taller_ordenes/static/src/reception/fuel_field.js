import { Component } from "@odoo/owl";

import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The fuel gauge: one tap per level, wide enough for a thumb; a second tap takes it back. */
export class FuelField extends Component {
    static template = "taller_ordenes.FuelField";
    static props = standardFieldProps;

    get levels() {
        return this.props.record.fields[this.props.name].selection;
    }

    get position() {
        const value = this.props.record.data[this.props.name];
        return this.levels.findIndex(([level]) => level === value);
    }

    async choose(level) {
        const { record, name } = this.props;
        await record.update({ [name]: record.data[name] === level ? false : level });
    }
}

registry.category("fields").add("taller_fuel", {
    component: FuelField,
    supportedTypes: ["selection"],
});
