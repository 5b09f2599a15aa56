import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { Timeline } from "./timeline";

/**
 * `<widget name="taller_history"/>`: the form's record as a timeline.
 */
export class HistoryWidget extends Component {
    static template = "taller_ordenes.HistoryWidget";
    static components = { Timeline };
    static props = { ...standardWidgetProps };
}

registry.category("view_widgets").add("taller_history", { component: HistoryWidget });
