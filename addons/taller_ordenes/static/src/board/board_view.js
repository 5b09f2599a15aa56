import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { kanbanView } from "@web/views/kanban/kanban_view";

/**
 * The shop's board. An order's state is changed by its steps only, which check role and state: a dropped card
 * asks the server for the step between the two columns, and stays where it was when there is none.
 */
export class BoardRenderer extends KanbanRenderer {
    setup() {
        super.setup();
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get canMoveRecords() {
        return this.canResequenceRecords && this.props.list.groupByField?.name === "state";
    }

    async sortRecordDrop(recordId, groupId, { parent }) {
        const { groups } = this.props.list;
        const target = groups?.find((group) => group.id === parent?.dataset.id);
        const source = groups?.find((group) => group.id === groupId);
        const record = source?.list.records.find((candidate) => candidate.id === recordId);
        parent?.classList.remove("o_kanban_hover");
        if (!record || !target || target === source) {
            return;
        }
        if (target.value === "waiting" && !(await this.confirmSending(record))) {
            return;
        }
        await this.takeStep(record, target.value);
    }

    async takeStep(record, state) {
        this.toggleProcessing(record.id, true);
        try {
            const action = await this.orm.call("taller.order", "action_move_to", [[record.resId], state]);
            if (action?.type) {
                await this.action.doAction(action, { onClose: () => this.props.list.load() });
            }
            await this.props.list.load();
        } finally {
            this.toggleProcessing(record.id, false);
        }
    }

    confirmSending(record) {
        return new Promise((resolve) => {
            this.dialog.add(
                ConfirmationDialog,
                {
                    title: _t("Send the estimate"),
                    body: _t("The customer gets the estimate of %s by e-mail.", record.data.name),
                    confirmLabel: _t("Send"),
                    confirm: () => resolve(true),
                    cancel: () => resolve(false),
                },
                { onClose: () => resolve(false) }
            );
        });
    }
}

export const boardView = { ...kanbanView, Renderer: BoardRenderer };

registry.category("views").add("taller_board", boardView);
