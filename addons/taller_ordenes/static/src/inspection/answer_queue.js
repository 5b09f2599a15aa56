import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";

// Seconds until the next try, while the connection is down; the browser's “online” comes in between.
const DELAYS = [1, 2, 5, 10, 20];
// Milliseconds that an answer waits for the next one: digits of one number travel together.
const GATHER = 400;
// The server understood the answers and will not have them, however often they are sent.
const REFUSALS = ["AccessError", "MissingError", "UserError", "ValidationError"].map(
    (name) => `odoo.exceptions.${name}`
);

/**
 * Answers on their way to the server. They are in the browser's own storage until the server has them, in
 * the order they were given: neither a dropped connection nor a closed page loses one.
 *
 * An entry: `{ line, uid, base, after, answer, isSent, status, message }`. `base` is the revision of the
 * item that the person saw, `after` the uid of their own earlier answer to it. `status` is "waiting",
 * "conflict" (a colleague answered meanwhile) or "refused".
 */
export class AnswerQueue {
    /**
     * @param {string} key of the browser's storage
     * @param {Function} send takes entries, resolves to the server's results in the same order
     */
    constructor(key, send) {
        Object.assign(this, { key, send });
        // Called with each item that the server returned: set by the screen that shows it.
        this.onResult = () => {};
        this.entries = this.read();
        this.isOffline = false;
        this.isSending = false;
        this.error = "";
        this.tries = 0;
        this.timer = null;
        this.waiters = [];
    }

    read() {
        try {
            return JSON.parse(browser.localStorage.getItem(this.key)) || [];
        } catch {
            return [];
        }
    }

    keep() {
        try {
            if (this.entries.length) {
                browser.localStorage.setItem(this.key, JSON.stringify(this.entries));
            } else {
                browser.localStorage.removeItem(this.key);
            }
        } catch {
            // A full or forbidden storage: what is in memory is still sent.
        }
    }

    get waiting() {
        return this.entries.filter((entry) => entry.status === "waiting");
    }

    /** "saved", "saving", "offline" or "refused": what the screen's mark says. */
    get mark() {
        if (this.error) {
            return "refused";
        }
        if (!this.waiting.length) {
            return "saved";
        }
        return this.isOffline ? "offline" : "saving";
    }

    find(lineId) {
        return this.entries.findLast((entry) => entry.line === lineId);
    }

    /** Take an answer; one to the same item that has never left is replaced by it. */
    put(lineId, base, answer) {
        const earlier = this.entries.filter((entry) => entry.line === lineId);
        const sent = earlier.filter((entry) => entry.isSent && entry.status === "waiting");
        const first = earlier.find((entry) => entry.status === "waiting");
        this.entries = this.entries.filter((entry) => !earlier.includes(entry) || sent.includes(entry));
        this.entries.push({
            line: lineId,
            uid: makeUid(),
            base: first && !sent.length ? first.base : base,
            after: sent.length ? sent.at(-1).uid : null,
            answer: { ...answer },
            isSent: false,
            status: "waiting",
            message: "",
        });
        this.keep();
        this.schedule(GATHER);
    }

    /** Give up what could not be saved for an item: the server's answer stands. */
    drop(lineId) {
        this.entries = this.entries.filter((entry) => entry.line !== lineId);
        this.keep();
    }

    schedule(milliseconds) {
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.run(), milliseconds);
    }

    /** Send now; resolves to whether the server has everything that can be saved. */
    async flush() {
        this.error = "";
        await this.run();
        return !this.waiting.length;
    }

    async run() {
        if (this.isSending) {
            // What is on its way comes back first: the order stays.
            await new Promise((resolve) => this.waiters.push(resolve));
        }
        browser.clearTimeout(this.timer);
        const batch = this.waiting;
        if (!batch.length || this.error) {
            return;
        }
        this.isSending = true;
        for (const entry of batch) {
            entry.isSent = true;
        }
        this.keep();
        try {
            const results = await this.send(batch);
            this.isOffline = false;
            this.tries = 0;
            this.settle(batch, results);
        } catch (error) {
            this.fail(error);
        } finally {
            this.isSending = false;
            this.waiters.splice(0).forEach((resolve) => resolve());
        }
        if (this.waiting.length && !this.isOffline && !this.error) {
            this.schedule(0);
        }
    }

    settle(batch, results) {
        batch.forEach((entry, index) => {
            const { status, message, line } = results[index];
            if (status === "saved") {
                this.entries = this.entries.filter((other) => other.uid !== entry.uid);
            } else {
                const newer = this.find(entry.line);
                if (newer && newer.uid !== entry.uid) {
                    // The newest answer is the one to decide about.
                    this.entries = this.entries.filter((other) => other.uid !== entry.uid);
                }
                Object.assign(newer || entry, { status, message: message || "" });
            }
            if (line) {
                this.onResult(line);
            }
        });
        this.keep();
    }

    fail(error) {
        if (!(error instanceof ConnectionLostError) && REFUSALS.includes(error.exceptionName)) {
            this.error = error.data?.message || error.message;
            return;
        }
        if (error.exceptionName === "odoo.http.SessionExpiredException") {
            this.error = _t("Sign in again: your answers are kept on this device.");
            return;
        }
        this.isOffline = true;
        this.schedule(DELAYS[Math.min(this.tries++, DELAYS.length - 1)] * 1000);
    }
}

function makeUid() {
    const random = () => Math.random().toString(36).slice(2, 12);
    return browser.crypto?.randomUUID?.() ?? `${Date.now()}-${random()}${random()}`;
}
