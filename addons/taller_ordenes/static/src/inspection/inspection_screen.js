import {
    Component,
    onWillStart,
    onWillUnmount,
    useEffect,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { formView } from "@web/views/form/form_view";

import { PhotoDialog } from "../photos/photo_dialog";
import { InspectionItem } from "./inspection_item";
import { DEFECTS, NOT_APPLICABLE, judge } from "./rating";

// Milliseconds between looks at what colleagues answered in the meantime.
const REFRESH = 30000;
// Names of unchecked items in a sentence; the screen has no room for more.
const NAMES_SHOWN = 5;

/**
 * The screen on which an inspection is filled in, made for a phone in one hand.
 *
 * Answers are shown at once and travel through the queue of `taller_inspection_answers`; what the server
 * says about an item comes back as that item.
 */
export class InspectionScreen extends Component {
    static template = "taller_ordenes.InspectionScreen";
    static components = { Layout, InspectionItem };
    static props = ["*"];

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.uploader = useService("taller_photo_upload");
        this.uploads = useState(this.uploader.uploads);
        this.root = useRef("root");
        this.state = useState({
            inspection: null,
            showsFindingsOnly: false,
            missing: "",
            isBusy: false,
        });
        this.queue = useState(useService("taller_inspection_answers").getQueue(this.props.resId || 0));
        this.queue.onResult = (line) => this.take(line);

        onWillStart(async () => {
            if (this.props.resId) {
                this.state.inspection = await this.orm.call("taller.inspection", "load_screen", [
                    this.props.resId,
                ]);
            }
        });
        useEffect(
            () => {
                this.props.updateActionState?.({ resId: this.props.resId });
                this.env.config.setDisplayName?.(this.inspection?.display_name || "");
                if (this.queue.waiting.length) {
                    this.queue.schedule(0);
                }
            },
            () => []
        );
        const timer = browser.setInterval(() => this.refresh(), REFRESH);
        useExternalListener(document, "visibilitychange", () => this.refresh());
        onWillUnmount(() => {
            browser.clearInterval(timer);
            this.queue.onResult = () => {};
        });
    }

    get inspection() {
        return this.state.inspection;
    }

    get isReadonly() {
        return !this.inspection.may_fill;
    }

    /** The items as the person sees them: what they answered, saved or not, over what the server has. */
    get items() {
        return this.inspection.lines.map((line) => this.getItem(line));
    }

    getItem(line) {
        const entry = this.queue.find(line.id);
        const isMine = entry && entry.status === "waiting";
        const answer = isMine ? entry.answer : line.answer;
        const { rating, isAnswered } = judge(line, answer);
        const item = {
            ...line,
            answer,
            rating,
            isAnswered,
            isPending: isMine,
            choiceName: line.choices.find((choice) => choice.key === answer.choice)?.name || "",
            uploads: this.uploads.filter((upload) => upload.target === this.getTarget(line)),
        };
        if (entry?.status === "conflict") {
            item.conflict = {
                mine: this.describe(line, entry.answer),
                theirs: this.describe(line, line.answer),
            };
        }
        if (entry?.status === "refused") {
            item.refusal = entry.message;
        }
        item.missing = this.getMissing(item);
        return item;
    }

    getMissing(item) {
        if (item.conflict || item.refusal) {
            return "decision";
        }
        if (!item.isAnswered) {
            return item.is_required ? "answer" : "";
        }
        const needsPhoto =
            item.rating !== NOT_APPLICABLE &&
            (item.photo_policy === "always" ||
                (item.photo_policy === "defect" && DEFECTS.includes(item.rating)));
        return needsPhoto && !item.photos.length ? "photo" : "";
    }

    /** An answer in words, to choose between two. */
    describe(line, answer) {
        const { rating } = judge(line, answer);
        const value =
            rating === NOT_APPLICABLE
                ? ""
                : {
                      measurement: answer.value === null ? "" : `${answer.value} ${line.unit || ""}`,
                      choice: line.choices.find((choice) => choice.key === answer.choice)?.name,
                      text: answer.text,
                  }[line.item_type];
        const words = [this.inspection.labels[rating], value, answer.note];
        return words.filter(Boolean).join(" · ") || _t("nothing");
    }

    get sections() {
        const sections = [];
        for (const item of this.items) {
            if (this.state.showsFindingsOnly && !DEFECTS.includes(item.rating)) {
                continue;
            }
            if (sections.at(-1)?.name !== (item.section || "")) {
                sections.push({ key: item.id, name: item.section || "", items: [] });
            }
            sections.at(-1).items.push(item);
        }
        return sections.map((section) => ({
            ...section,
            done: section.items.filter((item) => item.isAnswered).length,
            rest: section.items.filter((item) => item.item_type === "condition" && !item.isAnswered),
        }));
    }

    getProgress() {
        const items = this.items;
        const done = items.filter((item) => item.isAnswered).length;
        const counts = Object.fromEntries(
            ["green", "amber", "red"].map((colour) => [
                colour,
                items.filter((item) => item.rating === colour).length,
            ])
        );
        return { done, count: items.length, percent: (100 * done) / (items.length || 1), ...counts };
    }

    get missingItems() {
        return this.items.filter((item) => item.missing);
    }

    get unproposed() {
        return this.items.filter((item) => DEFECTS.includes(item.rating) && !item.job);
    }

    get mark() {
        const count = this.queue.waiting.length;
        return {
            saved: { icon: "fa-check", text: _t("Saved") },
            saving: { icon: "fa-refresh fa-spin", text: _t("Saving…") },
            offline: {
                icon: "fa-chain-broken",
                text: _t("No connection: %s not saved yet, kept on this device", count),
            },
            refused: { icon: "fa-exclamation-triangle", text: this.queue.error },
        }[this.queue.mark];
    }

    getTarget(line) {
        return `inspection_line_id,${line.id}`;
    }

    /** Put the server's version of an item in the place of ours. */
    take(line) {
        const index = this.inspection?.lines.findIndex((other) => other.id === line.id) ?? -1;
        if (index >= 0 && line.revision >= this.inspection.lines[index].revision) {
            this.inspection.lines[index] = line;
        }
    }

    async refresh() {
        if (document.visibilityState !== "visible" || !this.inspection || this.state.isBusy) {
            return;
        }
        try {
            this.state.inspection = await this.orm.silent.call("taller.inspection", "load_screen", [
                this.props.resId,
            ]);
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
        }
    }

    answer(item, answer) {
        this.state.missing = "";
        this.queue.put(item.id, item.revision, answer);
    }

    /** Everything in the section that is still unchecked is good. */
    rateRest(section) {
        for (const item of section.rest) {
            this.answer(item, { ...item.answer, rating: "green" });
        }
    }

    keepMine(item) {
        this.queue.put(item.id, item.revision, this.queue.find(item.id).answer);
    }

    takeTheirs(item) {
        this.queue.drop(item.id);
    }

    retry() {
        this.queue.error = "";
        this.queue.schedule(0);
    }

    /** Bring the next item that lacks something into view. */
    jump() {
        const [next] = this.missingItems;
        if (next) {
            this.state.showsFindingsOnly = false;
            this.scrollTo(next.id);
        }
    }

    async scrollTo(itemId) {
        await Promise.resolve();
        const card = this.root.el.querySelector(`[data-item="${itemId}"]`);
        card?.scrollIntoView({ block: "center", behavior: "instant" });
        card?.classList.add("o_taller_jumped");
        browser.setTimeout(() => card?.classList.remove("o_taller_jumped"), 1500);
    }

    sendFiles(item, files) {
        const values = { inspection_line_id: item.id, moment: "inspection", shown_to_customer: true };
        this.uploader.add(files, this.getTarget(item), values, (photo) => {
            const line = this.inspection.lines.find((other) => other.id === item.id);
            if (line && !line.photos.some((other) => other.id === photo.id)) {
                line.photos.push(photo);
            }
        });
    }

    openPhoto(item, photo) {
        const { photos } = this.inspection.lines.find((line) => line.id === item.id);
        this.dialog.add(PhotoDialog, {
            photo,
            photos,
            readonly: this.isReadonly,
            onDelete: async (deleted) => {
                await this.orm.unlink("taller.photo", [deleted.id]);
                await this.refresh();
            },
        });
    }

    getMissingSentence() {
        const kind = this.missingItems[0].missing;
        const names = this.missingItems.filter((item) => item.missing === kind).map((item) => item.name);
        const shown = names.slice(0, NAMES_SHOWN).join(", ");
        const rest = names.length - NAMES_SHOWN;
        const list = rest > 0 ? _t("%(names)s and %(count)s more", { names: shown, count: rest }) : shown;
        return {
            decision: _t("Decide first on: %s.", list),
            answer: _t("Not checked yet: %s.", list),
            photo: _t("A photo is needed of: %s.", list),
        }[kind];
    }

    async confirm() {
        if (this.missingItems.length) {
            this.state.missing = this.getMissingSentence();
            this.jump();
            return;
        }
        if (this.uploads.some((upload) => upload.target.startsWith("inspection_line_id,"))) {
            this.state.missing = _t("Photos are still on their way. Wait a moment and confirm again.");
            return;
        }
        await this.whileBusy(async () => {
            if (!(await this.queue.flush())) {
                this.state.missing =
                    this.queue.error ||
                    _t(
                        "There is no connection. Your answers are kept on this device: confirm when it is back."
                    );
                return;
            }
            const next = await this.orm.call("taller.inspection", "action_confirm", [[this.props.resId]]);
            if (next?.type) {
                await this.action.doAction(next);
            }
        });
    }

    async propose(items) {
        await this.whileBusy(async () => {
            if (await this.queue.flush()) {
                await this.orm.call("taller.inspection.line", "action_propose_job", [
                    items.map((item) => item.id),
                ]);
            }
        });
    }

    /** Run a step that the server takes, show what became of it, and say so if the server is out of reach. */
    async whileBusy(step) {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            await step();
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
            this.notification.add(_t("There is no connection. Try again in a moment."), { type: "warning" });
        } finally {
            this.state.isBusy = false;
            await this.refresh();
        }
    }

    openJob(job) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "taller.job",
            res_id: job.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("views").add("taller_inspection", { ...formView, Controller: InspectionScreen });
