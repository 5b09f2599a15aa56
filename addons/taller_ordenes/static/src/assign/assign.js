import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const PRESENCE = {
    working: { icon: "fa-wrench", color: "text-bg-success" },
    in: { icon: "fa-check", color: "text-bg-success" },
    out: { icon: "fa-sign-out", color: "text-bg-light border" },
    absent: { icon: "fa-ban", color: "text-bg-secondary" },
};

/**
 * Who does a job: the mechanics, the best first. One tap assigns; it opens as a dialog.
 */
export class Assign extends Component {
    static template = "taller_ordenes.Assign";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.jobId = this.props.action.params.job_id;
        this.presence = PRESENCE;
        this.state = useState({ candidates: [], busy: false });
        onWillStart(() => this.load());
    }

    async load() {
        const candidates = await this.orm.call("taller.job", "get_mechanic_candidates", [[this.jobId]]);
        this.state.candidates = candidates[this.jobId] || [];
    }

    async toggle(candidate) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            await this.orm.call("taller.job", "action_assign", [
                [this.jobId],
                candidate.id,
                !candidate.is_assigned,
            ]);
            if (!candidate.is_assigned) {
                await this.action.doAction({ type: "ir.actions.act_window_close" });
                return;
            }
            await this.load();
        } finally {
            this.state.busy = false;
        }
    }
}

registry.category("actions").add("taller_assign", Assign);
