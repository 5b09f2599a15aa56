import { Component } from "@odoo/owl";

import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { AddServicesDialog } from "./add_services_dialog";

/** `<widget name="taller_add_services"/>` on a work order: choose among the services that fit its vehicle. */
export class AddServicesWidget extends Component {
    static template = "taller_ordenes.AddServicesWidget";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
    }

    async open() {
        const { record } = this.props;
        if (!(await record.save())) {
            return;
        }
        const offers = await this.orm.call("taller.order", "get_service_offers", [[record.resId]]);
        this.dialog.add(AddServicesDialog, {
            offers,
            vehicle: record.data.vehicle_id.display_name,
            add: async (serviceIds) => {
                await this.orm.call("taller.order", "add_services", [[record.resId], serviceIds]);
                await record.load();
            },
        });
    }
}

registry.category("view_widgets").add("taller_add_services", { component: AddServicesWidget });
