import { ConnectionLostError, rpc } from "@web/core/network/rpc";
import { Interaction } from "@web/public/interaction";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/**
 * Ask about a job, or for a call, without leaving the page; what was sent is shown at once.
 */
export class EstimateQuestion extends Interaction {
    static selector = ".o_taller_ask";
    dynamicContent = {
        ".o_taller_ask_open": { "t-on-click": this.onOpen },
        ".o_taller_ask_form": { "t-on-submit.prevent": this.onSubmit },
    };

    setup() {
        this.form = this.el.querySelector(".o_taller_ask_form");
        this.isSending = false;
    }

    onOpen(ev) {
        const kind = ev.currentTarget.dataset.kind;
        this.form.dataset.kind = kind;
        this.form.classList.remove("d-none");
        this.showError("");
        for (const field of this.form.querySelectorAll("[data-for]")) {
            field.classList.toggle("d-none", field.dataset.for !== kind);
        }
        this.form.querySelector(`[data-for=${kind}]`).focus();
    }

    async onSubmit() {
        if (this.isSending) {
            return;
        }
        this.isSending = true;
        this.showError("");
        try {
            const result = await this.waitFor(
                rpc(this.el.dataset.url, {
                    kind: this.form.dataset.kind,
                    job_id: Number(this.el.dataset.about) || null,
                    text: this.form.elements.text.value,
                    phone: this.form.elements.phone.value,
                })
            );
            if (result.error) {
                this.showError(result.error);
            } else {
                this.showAsked(result.asked);
            }
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
            this.showError(_t("There is no connection. Nothing has been sent: please try again."));
        } finally {
            this.isSending = false;
        }
    }

    showAsked(asked) {
        const isCall = this.form.dataset.kind === "call";
        const sent = this.el.querySelector(".o_taller_asked");
        sent.textContent = isCall
            ? _t("We'll call you on %s.", asked)
            : _t("Sent: “%s”. You'll find the answer here.", asked);
        sent.classList.remove("d-none");
        this.form.elements.text.value = "";
        this.form.classList.add("d-none");
    }

    showError(text) {
        this.form.querySelector(".o_taller_ask_error").textContent = text;
    }
}

registry.category("public.interactions").add("taller_ordenes.estimate_question", EstimateQuestion);
