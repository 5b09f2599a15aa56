import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { useService } from "@web/core/utils/hooks";

const ENTRIES_AT_ONCE = 40;

/**
 * A history as a vertical timeline, the newest on top: what the record's `get_history` answers.
 */
export class Timeline extends Component {
    static template = "taller_ordenes.Timeline";
    static props = {
        model: String,
        resId: Number,
        onLoaded: { type: Function, optional: true },
    };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({ history: null, kind: null, limit: ENTRIES_AT_ONCE });
        onWillStart(() => this.load(this.props));
        onWillUpdateProps((nextProps) => {
            if (nextProps.model !== this.props.model || nextProps.resId !== this.props.resId) {
                return this.load(nextProps);
            }
        });
    }

    async load({ model, resId, onLoaded }, kwargs = {}) {
        const history = await this.orm.call(model, "get_history", [resId], kwargs);
        Object.assign(this.state, { history, kind: null, limit: ENTRIES_AT_ONCE });
        onLoaded?.(history);
    }

    /** The entries of the chosen kind; of their lines, only those of that kind. */
    get entries() {
        const { history, kind } = this.state;
        if (!kind) {
            return history.entries;
        }
        return history.entries
            .map((entry) => ({ ...entry, lines: entry.lines.filter((line) => line.kind === kind) }))
            .filter((entry) => entry.kind === kind || entry.lines.length);
    }

    /** [{year, entries}] of as many entries as are shown at once. */
    get years() {
        const years = [];
        for (const entry of this.entries.slice(0, this.state.limit)) {
            const year = entry.day.slice(0, 4);
            if (years.at(-1)?.year !== year) {
                years.push({ year, entries: [] });
            }
            years.at(-1).entries.push(entry);
        }
        return years;
    }

    get hasMore() {
        return this.entries.length > this.state.limit;
    }

    get emptyText() {
        return _t("Nothing has happened yet.");
    }

    formatDay(day) {
        return formatDate(deserializeDate(day));
    }

    choose(kind) {
        Object.assign(this.state, { kind, limit: ENTRIES_AT_ONCE });
    }

    choosePeriod(ev) {
        return this.load(this.props, { days: Number(ev.target.value) });
    }

    showMore() {
        this.state.limit += ENTRIES_AT_ONCE;
    }

    open(entry) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: entry.model,
            res_id: entry.res_id,
            views: [[false, "form"]],
        });
    }
}
