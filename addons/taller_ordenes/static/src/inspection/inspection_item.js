import { Component, useRef, useState } from "@odoo/owl";

import { deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { formatFloat } from "@web/core/utils/numbers";
import { localization } from "@web/core/l10n/localization";

import { DEFECTS, NOT_APPLICABLE, parseMeasurement } from "./rating";

const COLOURS = ["green", "amber", "red"];

/** One item of an inspection: what to look at, the answer in one tap, note, photos, the job it becomes. */
export class InspectionItem extends Component {
    static template = "taller_ordenes.InspectionItem";
    static props = {
        item: Object,
        labels: Object,
        symbols: Object,
        uploads: Array,
        readonly: Boolean,
        mayPropose: Boolean,
        onAnswer: Function,
        onKeepMine: Function,
        onTakeTheirs: Function,
        onFiles: Function,
        onOpenPhoto: Function,
        onPropose: Function,
        onOpenJob: Function,
        uploader: Object,
    };

    setup() {
        this.camera = useRef("camera");
        this.state = useState({ typed: null, isNoteOpen: false });
        this.colours = COLOURS;
    }

    get answer() {
        return this.props.item.answer;
    }

    get hasDefect() {
        return DEFECTS.includes(this.props.item.rating);
    }

    get isNotApplicable() {
        return this.props.item.rating === NOT_APPLICABLE;
    }

    get isSigned() {
        const { worse, green_from, green_to, amber_from, amber_to } = this.props.item;
        return worse && [green_from, green_to, amber_from, amber_to].some((bound) => bound < 0);
    }

    get measured() {
        if (this.state.typed !== null) {
            return this.state.typed;
        }
        return this.answer.value === null ? "" : this.formatNumber(this.answer.value);
    }

    get isMistyped() {
        const typed = (this.state.typed || "").trim();
        // A sign alone is the beginning of a number.
        return !["", "-", "+"].includes(typed) && parseMeasurement(typed) === null;
    }

    get isNoteShown() {
        return this.state.isNoteOpen || this.answer.note || (this.hasDefect && !this.props.readonly);
    }

    get limits() {
        const { worse, unit, green_from, green_to } = this.props.item;
        const [low, high] = [green_from, green_to].map((bound) => this.formatNumber(bound));
        const limits = { lower: `≥ ${low}`, higher: `≤ ${high}`, outside: `${low} – ${high}` };
        return worse ? `${limits[worse]} ${unit || ""}` : "";
    }

    get previous() {
        const { previous } = this.props.item;
        if (!previous) {
            return null;
        }
        const reading = previous.odometer
            ? `${formatFloat(previous.odometer, { digits: [16, 0] })} ${previous.odometer_unit}`
            : "";
        const day = previous.done_at ? formatDate(deserializeDateTime(previous.done_at)) : "";
        return {
            ...previous,
            what: [previous.label, previous.answer, previous.note].filter(Boolean).join(" · "),
            when: [day, reading].filter(Boolean).join(" · "),
        };
    }

    formatNumber(number) {
        return String(Math.round(number * 1000) / 1000).replace(".", localization.decimalPoint);
    }

    change(values) {
        this.props.onAnswer(this.props.item, { ...this.answer, ...values });
    }

    rate(colour) {
        this.change({ rating: this.answer.rating === colour ? "" : colour });
    }

    choose(key) {
        this.change({ rating: "", choice: this.answer.choice === key ? "" : key });
    }

    toggleNotApplicable() {
        this.state.typed = null;
        this.change({ rating: this.isNotApplicable ? "" : NOT_APPLICABLE });
    }

    onMeasure(ev) {
        this.state.typed = ev.target.value;
        const value = parseMeasurement(ev.target.value);
        if (value !== null || !ev.target.value.trim()) {
            this.change({ rating: "", value });
        }
    }

    changeSign() {
        const typed = this.measured.trim();
        this.state.typed = typed.startsWith("-") ? typed.slice(1) : `-${typed}`;
        const value = parseMeasurement(this.state.typed);
        if (value !== null) {
            this.change({ rating: "", value });
        }
    }

    onMeasured() {
        if (!this.isMistyped) {
            this.state.typed = null;
        }
    }

    onFiles(ev) {
        const files = [...ev.target.files];
        ev.target.value = "";
        if (files.length) {
            this.props.onFiles(this.props.item, files);
        }
    }
}
