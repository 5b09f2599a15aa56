import { Component, onWillStart, onWillUpdateProps, useRef, useState } from "@odoo/owl";

import { useService } from "@web/core/utils/hooks";
import { KeepLast } from "@web/core/utils/concurrency";

import { PhotoDialog } from "./photo_dialog";

const FIELDS = ["note", "moment", "shown_to_customer", "taken_at", "taken_by_id", "may_change"];

/**
 * Photos of one record: a big button for the phone's camera, one for the gallery, and what is there already.
 *
 * The photos are stored at once, whether the rest of the screen is saved or not.
 */
export class Photos extends Component {
    static template = "taller_ordenes.Photos";
    static props = {
        // The field of `taller.photo` that points to the record, e.g. "order_id".
        subject: String,
        // 0: the record has to be saved first.
        resId: Number,
        // Saves a record that is new; resolves to its id, or to 0 if it can't be saved yet.
        save: { type: Function, optional: true },
        moment: { type: String, optional: true },
        readonly: { type: Boolean, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.uploader = useService("taller_photo_upload");
        this.uploads = useState(this.uploader.uploads);
        this.camera = useRef("camera");
        this.gallery = useRef("gallery");
        this.keepLast = new KeepLast();
        this.state = useState({ photos: [] });
        onWillStart(() => this.load(this.props));
        onWillUpdateProps(async (props) => {
            if (props.resId !== this.props.resId) {
                await this.load(props);
            }
        });
    }

    async load({ resId, subject, moment }) {
        const domain = [[subject, "=", resId]];
        if (moment && subject === "order_id") {
            domain.push(["moment", "=", moment]);
        }
        this.state.photos = resId
            ? await this.keepLast.add(this.orm.searchRead("taller.photo", domain, FIELDS))
            : [];
    }

    getTarget(resId) {
        return `${this.props.subject},${resId}`;
    }

    get uploadsHere() {
        return this.uploads.filter((upload) => upload.target === this.getTarget(this.props.resId));
    }

    get pending() {
        return this.uploadsHere.filter((upload) => upload.state !== "refused");
    }

    get refused() {
        return this.uploadsHere.filter((upload) => upload.state === "refused");
    }

    getThumbnail(photo) {
        return `/web/image/taller.photo/${photo.id}/image_512`;
    }

    async onFiles(ev) {
        const files = [...ev.target.files];
        ev.target.value = "";
        const resId = this.props.resId || (await this.props.save?.());
        if (!resId || !files.length) {
            return;
        }
        const { subject, moment } = this.props;
        const values = { [subject]: resId };
        if (moment) {
            values.moment = moment;
        }
        const target = this.getTarget(resId);
        this.uploader.add(files, target, values, (photo) => {
            const isShown = this.state.photos.some((other) => other.id === photo.id);
            if (!isShown && target === this.getTarget(this.props.resId)) {
                this.state.photos.push(photo);
            }
        });
    }

    open(photo) {
        this.dialog.add(PhotoDialog, {
            photo,
            photos: this.state.photos,
            readonly: Boolean(this.props.readonly),
            onDelete: (deleted) => this.delete(deleted),
        });
    }

    async delete(photo) {
        await this.orm.unlink("taller.photo", [photo.id]);
        this.state.photos = this.state.photos.filter((other) => other.id !== photo.id);
    }
}
