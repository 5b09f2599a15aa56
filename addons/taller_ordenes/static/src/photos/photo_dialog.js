import { Component, useState } from "@odoo/owl";

import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** One photo as large as the screen allows, with its note; whoever took it may delete it. */
export class PhotoDialog extends Component {
    static template = "taller_ordenes.PhotoDialog";
    static components = { Dialog };
    static props = {
        photos: Array,
        photo: Object,
        readonly: Boolean,
        onDelete: Function,
        close: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ photo: this.props.photo, note: this.props.photo.note || "" });
    }

    get title() {
        return _t("%(position)s of %(count)s", {
            position: this.index + 1,
            count: this.props.photos.length,
        });
    }

    get index() {
        return this.props.photos.findIndex((photo) => photo.id === this.state.photo.id);
    }

    get url() {
        return `/web/image/taller.photo/${this.state.photo.id}/image`;
    }

    get mayChange() {
        return !this.props.readonly && this.state.photo.may_change;
    }

    async save(values) {
        await this.orm.write("taller.photo", [this.state.photo.id], values);
        Object.assign(this.state.photo, values);
    }

    async saveNote() {
        if (this.mayChange && this.state.note !== (this.state.photo.note || "")) {
            await this.save({ note: this.state.note });
        }
    }

    async toggleShown(ev) {
        await this.save({ shown_to_customer: ev.target.checked });
    }

    async show(step) {
        await this.saveNote();
        const photo = this.props.photos[this.index + step];
        Object.assign(this.state, { photo, note: photo.note || "" });
    }

    async delete() {
        await this.props.onDelete(this.state.photo);
        this.props.close();
    }

    async done() {
        await this.saveNote();
        this.props.close();
    }
}
