import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * The checklist before an order's next step: what is so, what isn't yet, and where to do it.
 */
export class GateList extends Component {
    static template = "taller_ordenes.GateList";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
    }

    get gates() {
        return this.props.record.data[this.props.name] || [];
    }

    get title() {
        return this.props.record.data.state === "ready" ? _t("Before delivery") : _t("Before it is ready");
    }

    /** Open where it is put right; the order shows afterwards what is left. */
    async open(gate) {
        const { record } = this.props;
        if (await record.save()) {
            const { method } = gate.action;
            const action = method
                ? await this.orm.call(record.resModel, method, [record.resId])
                : gate.action;
            await this.action.doAction(action, { onClose: () => record.load() });
        }
    }
}

registry.category("fields").add("taller_gates", {
    component: GateList,
    supportedTypes: ["json"],
    fieldDependencies: [{ name: "state", type: "selection" }],
});
