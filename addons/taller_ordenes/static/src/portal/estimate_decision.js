import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/**
 * Accept or decline each job: asks for the reason, and adds up what has been accepted.
 */
export class EstimateDecision extends Interaction {
    static selector = ".o_taller_deciding";
    dynamicContent = {
        "input[type=radio]": { "t-on-change": this.onDecide },
        ".o_taller_reason_choice": { "t-on-click": this.onChooseReason },
    };

    start() {
        this.update();
    }

    onDecide(ev) {
        this.update();
        if (ev.currentTarget.value === "decline") {
            ev.currentTarget.closest("[data-job-id]").querySelector(".o_taller_reason").focus();
        }
    }

    onChooseReason(ev) {
        const reason = ev.currentTarget.closest("[data-job-id]").querySelector(".o_taller_reason");
        reason.value = ev.currentTarget.textContent.trim();
    }

    update() {
        const { digits, symbol, position } = this.el.dataset;
        // In the currency's smallest unit: sums of amounts as shown, to the cent.
        const cents = (amount) => Math.round(Number(amount) * 10 ** digits);
        let total = 0;
        let accepted = 0;
        let open = 0;
        for (const job of this.el.querySelectorAll("[data-job-id]")) {
            const choice = job.querySelector("input[type=radio]:checked")?.value;
            job.querySelector(".o_taller_why").classList.toggle("d-none", choice !== "decline");
            job.classList.toggle("border-success", choice === "accept");
            job.classList.toggle("border-danger", choice === "decline");
            open += choice ? 0 : 1;
            if (choice === "accept") {
                accepted += 1;
                total += cents(job.dataset.total);
            }
        }
        if (accepted) {
            total += cents(this.el.dataset.common);
        }
        const amount = (total / 10 ** digits).toLocaleString(document.documentElement.lang || undefined, {
            minimumFractionDigits: Number(digits),
            maximumFractionDigits: Number(digits),
        });
        this.el.querySelector(".o_taller_total").textContent =
            position === "after" ? `${amount} ${symbol}` : `${symbol} ${amount}`;
        this.el.querySelector(".o_taller_open").classList.toggle("d-none", !open);
        this.el.querySelector(".o_taller_open_count").textContent = open;
    }
}

registry.category("public.interactions").add("taller_ordenes.estimate_decision", EstimateDecision);
