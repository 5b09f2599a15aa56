import { Component, useEffect, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const TICK = 1000; // milliseconds
const HOUR = 3600; // seconds

/** 4500 → "1:15", with the seconds "1:15:00". */
export function formatDuration(seconds, withSeconds = false) {
    const whole = Math.floor(seconds);
    const parts = [Math.floor(whole / HOUR), Math.floor((whole % HOUR) / 60)];
    if (withSeconds) {
        parts.push(whole % 60);
    }
    return parts.map((part, index) => (index ? String(part).padStart(2, "0") : part)).join(":");
}

/**
 * Hours on the clock against the hours allotted: a bar, the same in words, and while the clock runs it counts.
 */
export class ClockField extends Component {
    static template = "taller_ordenes.ClockField";
    static props = { ...standardFieldProps };

    setup() {
        this.state = useState({ elapsed: 0 });
        useEffect(
            (clocked, isRunning) => {
                this.state.elapsed = 0;
                if (!isRunning) {
                    return;
                }
                const since = Date.now();
                const timer = setInterval(() => {
                    this.state.elapsed = (Date.now() - since) / 1000;
                }, TICK);
                return () => clearInterval(timer);
            },
            () => [this.props.record.data[this.props.name], this.isRunning]
        );
    }

    get isRunning() {
        return this.props.record.data.is_clock_running;
    }

    get clocked() {
        return this.props.record.data[this.props.name] * HOUR + this.state.elapsed;
    }

    get planned() {
        return this.props.record.data.planned_hours * HOUR;
    }

    get isOver() {
        return this.planned > 0 && this.clocked > this.planned;
    }

    get percent() {
        return this.planned ? Math.min(100, Math.round((this.clocked / this.planned) * 100)) : 0;
    }

    get clockText() {
        return formatDuration(this.clocked, this.isRunning);
    }

    get words() {
        const planned = formatDuration(this.planned);
        if (!this.planned) {
            return _t("no hours allotted");
        }
        const difference = formatDuration(Math.abs(this.planned - this.clocked));
        return this.isOver
            ? _t("of %(planned)s h · %(difference)s over", { planned, difference })
            : _t("of %(planned)s h · %(difference)s left", { planned, difference });
    }
}

registry.category("fields").add("taller_clock", {
    component: ClockField,
    supportedTypes: ["float"],
    isEmpty: () => false,
    fieldDependencies: [
        { name: "planned_hours", type: "float" },
        { name: "is_clock_running", type: "boolean" },
    ],
});
