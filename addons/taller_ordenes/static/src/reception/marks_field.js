import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";

import { Dialog } from "@web/core/dialog/dialog";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const KINDS_WITH_SKETCH = ["car", "pickup", "motorcycle", "truck", "bus", "machinery"];
const FIELDS = ["x", "y", "kind", "note", "place"];

/** What kind of damage a mark is; one tap stores it. */
export class MarkDialog extends Component {
    static template = "taller_ordenes.MarkDialog";
    static components = { Dialog };
    static props = {
        mark: Object,
        kinds: Array,
        onSave: Function,
        onDelete: { type: Function, optional: true },
        close: Function,
    };

    setup() {
        this.state = useState({ note: this.props.mark.note || "" });
    }

    async save(kind) {
        await this.props.onSave({ kind, note: this.state.note });
        this.props.close();
    }

    async delete() {
        await this.props.onDelete();
        this.props.close();
    }
}

/**
 * The vehicle's sketch: a tap on it marks a dent or scratch there. Marks are stored at once, as photos are.
 *
 * For `mark_ids` of work orders; `equipment_kind` of the same record says which sketch it is.
 */
export class MarksField extends Component {
    static template = "taller_ordenes.MarksField";
    static props = standardFieldProps;

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.state = useState({ marks: [] });
        this.loadedId = 0;
        onWillStart(async () => {
            const description = await this.orm
                .cache()
                .call("taller.order.mark", "fields_get", [["kind"], ["selection"]]);
            this.kinds = description.kind.selection;
            await this.load(this.props);
        });
        onWillUpdateProps(async (props) => {
            if ((props.record.resId || 0) !== this.loadedId) {
                await this.load(props);
            }
        });
    }

    async load({ record }) {
        this.loadedId = record.resId || 0;
        this.state.marks = record.resId
            ? await this.orm.searchRead("taller.order.mark", [["order_id", "=", record.resId]], FIELDS)
            : [];
    }

    get sketch() {
        const kind = this.props.record.data.equipment_kind;
        const name = KINDS_WITH_SKETCH.includes(kind) ? kind : "other";
        return `/taller_ordenes/static/src/img/sketch/${name}.svg`;
    }

    getKindLabel(mark) {
        return Object.fromEntries(this.kinds)[mark.kind];
    }

    /** A tap on the sketch: where, in percent. */
    onTap(ev) {
        if (this.props.readonly) {
            return;
        }
        const box = ev.currentTarget.getBoundingClientRect();
        const mark = {
            x: (100 * (ev.clientX - box.left)) / box.width,
            y: (100 * (ev.clientY - box.top)) / box.height,
        };
        this.dialog.add(MarkDialog, {
            mark,
            kinds: this.kinds,
            onSave: (values) => this.add({ ...mark, ...values }),
        });
    }

    async add(values) {
        const { record } = this.props;
        if (!record.resId && !(await record.save())) {
            return;
        }
        await this.orm.create("taller.order.mark", [{ ...values, order_id: record.resId }]);
        await this.load(this.props);
    }

    open(mark) {
        if (this.props.readonly) {
            return;
        }
        this.dialog.add(MarkDialog, {
            mark,
            kinds: this.kinds,
            onSave: async (values) => {
                await this.orm.write("taller.order.mark", [mark.id], values);
                await this.load(this.props);
            },
            onDelete: async () => {
                await this.orm.unlink("taller.order.mark", [mark.id]);
                await this.load(this.props);
            },
        });
    }
}

registry.category("fields").add("taller_marks", {
    component: MarksField,
    supportedTypes: ["one2many"],
    fieldDependencies: [{ name: "equipment_kind", type: "selection" }],
    isEmpty: () => false,
});
