import { ConnectionLostError, rpc } from "@web/core/network/rpc";
import { _t } from "@web/core/l10n/translation";
import { redirect } from "@web/core/utils/urls";
import { registry } from "@web/core/registry";
import { SignatureForm } from "@portal/signature_form/signature_form";

/**
 * The customer's one signature under the decisions taken on the page's jobs.
 */
export class EstimateSignature extends SignatureForm {
    setup() {
        super.setup();
        this.isSubmitting = false;
    }

    /** {job id: {accepted, reason}} of the jobs that have been decided. */
    readDecisions() {
        const decisions = {};
        for (const job of document.querySelectorAll(".o_taller_estimate [data-job-id]")) {
            const choice = job.querySelector("input[type=radio]:checked");
            if (choice) {
                decisions[job.dataset.jobId] = {
                    accepted: choice.value === "accept",
                    reason: job.querySelector(".o_taller_reason").value,
                };
            }
        }
        return decisions;
    }

    /** The limit of small extras that the customer agrees to, as typed; null for none. */
    readExtras() {
        const extras = document.querySelector(".o_taller_extras");
        return extras?.querySelector("input[type=checkbox]").checked
            ? extras.querySelector("input[type=number]").value
            : null;
    }

    async onClickSubmit() {
        if (this.isSubmitting) {
            return;
        }
        this.isSubmitting = true;
        this.state.error = false;
        try {
            const data = await rpc(this.props.callUrl, {
                decisions: this.readDecisions(),
                extras: this.readExtras(),
                shown_hash: this.props.shownHash,
                name: this.signature.name,
                signature: this.signature.getSignatureImage().split(",")[1],
            });
            if (data.redirect_url) {
                redirect(data.redirect_url);
                return;
            }
            this.state.error = data.error;
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
            this.state.error = _t("There is no connection. Nothing has been sent: please try again.");
        } finally {
            this.isSubmitting = false;
        }
    }
}

registry.category("public_components").add("taller_ordenes.estimate_signature", EstimateSignature);
