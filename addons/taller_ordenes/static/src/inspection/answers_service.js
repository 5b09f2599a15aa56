import { reactive } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { session } from "@web/session";

import { AnswerQueue } from "./answer_queue";

/**
 * The queues of answers, one per inspection. They live as long as the page, whatever screen is shown; what
 * an earlier page left behind in the browser's storage is sent as soon as there is a new one.
 */
export const answersService = {
    dependencies: ["orm"],
    start(env, { orm }) {
        const prefix = `taller_inspection/${session.db}/${user.userId}/`;
        const queues = {};

        function getQueue(inspectionId) {
            queues[inspectionId] ??= reactive(
                new AnswerQueue(`${prefix}${inspectionId}`, (entries) =>
                    orm.silent.call("taller.inspection", "save_answers", [
                        [inspectionId],
                        entries.map(({ line, uid, base, after, answer }) => ({
                            line,
                            uid,
                            base,
                            after,
                            ...answer,
                        })),
                    ])
                )
            );
            return queues[inspectionId];
        }

        for (const key of Object.keys(browser.localStorage)) {
            const inspectionId = key.startsWith(prefix) && Number(key.slice(prefix.length));
            if (inspectionId) {
                getQueue(inspectionId).schedule(0);
            }
        }
        browser.addEventListener("online", () => {
            Object.values(queues).forEach((queue) => queue.schedule(0));
        });
        browser.addEventListener("beforeunload", (ev) => {
            if (Object.values(queues).some((queue) => queue.waiting.length)) {
                ev.preventDefault();
            }
        });
        return { getQueue };
    },
};

registry.category("services").add("taller_inspection_answers", answersService);
