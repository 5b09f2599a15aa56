import { Interaction } from "@web/public/interaction";
import { ConnectionLostError, rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

const SECONDS_BETWEEN = 20;

/**
 * Keeps the customer's page of an order fresh: asks now and then whether there is news, and shows it.
 * Who is writing a message isn't interrupted, but told.
 */
export class LiveOrder extends Interaction {
    static selector = ".o_taller_live";

    start() {
        const timer = setInterval(() => this.look(), SECONDS_BETWEEN * 1000);
        this.registerCleanup(() => clearInterval(timer));
    }

    get isWriting() {
        const texts = this.el.querySelectorAll("textarea, [contenteditable=true]");
        return [...texts].some((text) => (text.value || text.textContent || "").trim());
    }

    async look() {
        if (document.hidden) {
            return;
        }
        const { url, token, digest } = this.el.dataset;
        let answer;
        try {
            answer = await this.waitFor(rpc(url, { access_token: token }, { silent: true }));
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                return; // next time
            }
            throw error;
        }
        if (!answer.digest || answer.digest === digest) {
            return;
        }
        if (this.isWriting) {
            this.el.querySelector(".o_taller_news").classList.remove("d-none");
        } else {
            window.location.reload();
        }
    }
}

registry.category("public.interactions").add("taller_ordenes.live_order", LiveOrder);
