import { Component, useState } from "@odoo/owl";

import { Dialog } from "@web/core/dialog/dialog";
import { normalizedMatch } from "@web/core/l10n/utils";
import { useAutofocus } from "@web/core/utils/hooks";
import { formatFloatTime, formatMonetary } from "@web/views/fields/formatters";

/**
 * The services for a vehicle, the most used first: a tap chooses one, another takes it back, and all that are
 * chosen are added together. Typing words narrows the list down; what is chosen stays so.
 */
export class AddServicesDialog extends Component {
    static template = "taller_ordenes.AddServicesDialog";
    static components = { Dialog };
    static props = {
        offers: Array,
        vehicle: String,
        // Adds the services of these ids; the dialog closes when that has worked.
        add: Function,
        close: Function,
    };

    setup() {
        this.state = useState({ words: "", chosen: [], isAdding: false });
        useAutofocus({ refName: "words" });
    }

    get offers() {
        const words = this.state.words.split(/\s+/).filter(Boolean);
        return this.props.offers.filter((offer) =>
            words.every((word) => normalizedMatch(`${offer.name} ${offer.text}`, word).match)
        );
    }

    get total() {
        const chosen = this.props.offers.filter((offer) => this.isChosen(offer));
        return this.formatPrice(
            chosen.reduce((sum, offer) => sum + offer.price, 0),
            this.props.offers[0]?.currency_id
        );
    }

    formatPrice(price, currencyId) {
        return formatMonetary(price, { currencyId });
    }

    formatHours(hours) {
        return formatFloatTime(hours);
    }

    isChosen(offer) {
        return this.state.chosen.includes(offer.id);
    }

    toggle(offer) {
        if (this.isChosen(offer)) {
            this.state.chosen = this.state.chosen.filter((id) => id !== offer.id);
        } else {
            this.state.chosen.push(offer.id);
        }
    }

    async add() {
        this.state.isAdding = true;
        try {
            await this.props.add(this.state.chosen);
        } finally {
            this.state.isAdding = false;
        }
        this.props.close();
    }
}
