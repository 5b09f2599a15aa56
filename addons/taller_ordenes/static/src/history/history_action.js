import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { Timeline } from "./timeline";

/**
 * A page with the timeline of one record, of the model that the action's `params` name.
 */
export class HistoryAction extends Component {
    static template = "taller_ordenes.HistoryAction";
    static components = { Layout, Timeline };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.model = this.props.action.params.model;
        this.resId = this.props.action.context.active_id;
        this.display = { controlPanel: {} };
        this.state = useState({ report: null });
    }

    onLoaded({ title, report }) {
        this.state.report = report;
        this.env.config.setDisplayName(_t("History: %s", title));
    }

    print() {
        return this.action.doAction(this.state.report, {
            additionalContext: {
                active_model: this.model,
                active_id: this.resId,
                active_ids: [this.resId],
            },
        });
    }
}

registry.category("actions").add("taller_history", HistoryAction);
