import { Component } from "@odoo/owl";

import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Photos } from "./photos";

/**
 * `<field name="photo_ids" widget="taller_photos" options="{'moment': 'reception'}"/>`, for any one2many of
 * `taller.photo`. On an order, `moment` also narrows down what is shown.
 */
export class PhotosField extends Component {
    static template = "taller_ordenes.PhotosField";
    static components = { Photos };
    static props = {
        ...standardFieldProps,
        moment: { type: String, optional: true },
    };

    get photosProps() {
        const { record, name, moment, readonly } = this.props;
        const props = {
            subject: record.fields[name].relation_field,
            resId: record.resId || 0,
            readonly,
            save: async () => ((await record.save()) ? record.resId : 0),
        };
        return moment ? { ...props, moment } : props;
    }
}

registry.category("fields").add("taller_photos", {
    component: PhotosField,
    supportedTypes: ["one2many"],
    supportedOptions: [{ label: "Moment", name: "moment", type: "string" }],
    isEmpty: () => false,
    extractProps: ({ options }) => ({ moment: options.moment }),
});
