import { Component, onWillStart, useState } from "@odoo/owl";

import { useAutofocus, useService } from "@web/core/utils/hooks";
import { KeepLast } from "@web/core/utils/concurrency";
import { useDebounced } from "@web/core/utils/timing";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const LEAST = 2; // characters to search by

/**
 * The reception's first screen: type a plate, see the vehicle with all that is known of it, receive it.
 * A vehicle that isn't known is created in place, with its owner.
 */
export class Reception extends Component {
    static template = "taller_ordenes.Reception";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        useAutofocus({ refName: "plate" });
        this.state = useState({
            text: "",
            found: null,
            card: null,
            isNew: false,
            isBusy: false,
            values: this.emptyValues,
            owners: [],
        });
        this.searchSoon = useDebounced(() => this.search(), 250);
        this.searchOwnersSoon = useDebounced(() => this.searchOwners(), 250);
        onWillStart(async () => {
            const description = await this.orm
                .cache()
                .call("fleet.vehicle", "fields_get", [["equipment_kind"], ["selection"]]);
            this.kinds = description.equipment_kind.selection;
            const vehicleId = this.props.action.context?.taller_vehicle_id;
            if (vehicleId) {
                await this.choose(vehicleId);
            }
        });
    }

    get emptyValues() {
        return {
            plate: "",
            vin: "",
            kind: "car",
            make: "",
            owner_name: "",
            owner_phone: "",
            owner_id: false,
        };
    }

    formatDate(date) {
        return date ? formatDate(deserializeDate(date)) : "";
    }

    onType(ev) {
        Object.assign(this.state, { text: ev.target.value, card: null, isNew: false });
        this.searchSoon();
    }

    async onSubmit() {
        await this.search();
        if (this.state.found?.length === 1) {
            await this.choose(this.state.found[0].id);
        }
    }

    async search() {
        const text = this.state.text.trim();
        if (text.length < LEAST) {
            this.state.found = null;
            return;
        }
        this.state.found = await this.keepLast.add(
            this.orm.call("fleet.vehicle", "find_at_reception", [text])
        );
    }

    async choose(vehicleId) {
        this.state.card = await this.orm.call("fleet.vehicle", "get_reception_card", [[vehicleId]]);
    }

    startNew() {
        this.state.isNew = true;
        this.state.owners = [];
        this.state.values = { ...this.emptyValues, plate: this.state.text.trim().toUpperCase() };
    }

    onTypeOwner(ev) {
        Object.assign(this.state.values, { owner_name: ev.target.value, owner_id: false });
        this.searchOwnersSoon();
    }

    async searchOwners() {
        const text = this.state.values.owner_name.trim();
        this.state.owners =
            text.length < LEAST + 1
                ? []
                : await this.orm.call("fleet.vehicle", "find_customer_at_reception", [text]);
    }

    chooseOwner(owner) {
        Object.assign(this.state.values, {
            owner_id: owner.id,
            owner_name: owner.name,
            owner_phone: owner.phone,
        });
        this.state.owners = [];
    }

    /** Each button works once until the server has answered. */
    async once(work) {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            await work();
        } finally {
            this.state.isBusy = false;
        }
    }

    register() {
        return this.once(async () => {
            this.state.card = await this.orm.call("fleet.vehicle", "register_at_reception", [
                this.state.values,
            ]);
            Object.assign(this.state, { isNew: false, found: null, text: this.state.card.plate });
        });
    }

    /** Open a new order of the vehicle, to be filled in and saved. */
    receive() {
        return this.once(() =>
            this.action.doAction("taller_ordenes.taller_order_action_reception", {
                additionalContext: { default_vehicle_id: this.state.card.id },
            })
        );
    }

    openOrder(order) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "taller.order",
            res_id: order.id,
            views: [[false, "form"]],
        });
    }

    openVehicle() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "fleet.vehicle",
            res_id: this.state.card.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("taller_reception", Reception);
