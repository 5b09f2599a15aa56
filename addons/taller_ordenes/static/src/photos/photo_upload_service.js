import { reactive } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { getDataURLFromFile } from "@web/core/utils/urls";
import { uniqueId } from "@web/core/utils/functions";

import { shrinkPhoto } from "./shrink_photo";

// Seconds until the next try, while the connection is down; the browser's “online” comes in between.
const DELAYS = [2, 4, 8, 15, 30];

/**
 * Sends photos one after the other and keeps those that wait: they survive a dropped connection, and
 * leaving the screen. Every photo has a key of its own by which the server knows it if it comes twice.
 *
 * An upload: `{ key, target, url, state, message }`; `state` is "waiting" | "sending" | "offline" | "refused".
 */
export const photoUploadService = {
    dependencies: ["orm"],
    start(env, { orm }) {
        const uploads = reactive([]);
        let isRunning = false;

        function makeKey() {
            return browser.crypto?.randomUUID?.() ?? uniqueId(`${Date.now()}-${Math.random()}-`);
        }

        function forget(upload) {
            const index = uploads.findIndex((other) => other.key === upload.key);
            if (index >= 0) {
                uploads.splice(index, 1);
                URL.revokeObjectURL(upload.url);
            }
        }

        function pause(seconds) {
            return new Promise((resolve) => {
                const timer = browser.setTimeout(done, seconds * 1000);
                function done() {
                    browser.clearTimeout(timer);
                    browser.removeEventListener("online", done);
                    resolve();
                }
                browser.addEventListener("online", done);
            });
        }

        async function send(upload) {
            const image = (await getDataURLFromFile(await shrinkPhoto(upload.file))).split(",")[1];
            const values = { ...upload.values, image, upload_key: upload.key };
            for (let tries = 0; ; tries++) {
                upload.state = "sending";
                try {
                    return await orm.silent.call("taller.photo", "upload", [values]);
                } catch (error) {
                    if (!(error instanceof ConnectionLostError)) {
                        throw error;
                    }
                    upload.state = "offline";
                    await pause(DELAYS[Math.min(tries, DELAYS.length - 1)]);
                }
            }
        }

        async function run() {
            if (isRunning) {
                return;
            }
            isRunning = true;
            let upload;
            while ((upload = uploads.find((one) => one.state === "waiting"))) {
                try {
                    const photo = await send(upload);
                    upload.resolve(photo);
                    forget(upload);
                } catch (error) {
                    upload.state = "refused";
                    upload.message = error.data?.message || _t("This photo couldn't be sent.");
                }
            }
            isRunning = false;
        }

        browser.addEventListener("beforeunload", (ev) => {
            if (uploads.some((upload) => upload.state !== "refused")) {
                ev.preventDefault();
            }
        });

        return {
            uploads,
            forget,
            /**
             * @param {File[]} files
             * @param {string} target where they are shown, e.g. "taller.order,5"
             * @param {Object} values of each photo, but the picture itself
             * @param {Function} onSent called with each photo as the server answers
             */
            add(files, target, values, onSent) {
                for (const file of files) {
                    uploads.push({
                        key: makeKey(),
                        file,
                        target,
                        values,
                        url: URL.createObjectURL(file),
                        state: "waiting",
                        message: "",
                        resolve: onSent,
                    });
                }
                run();
            },
            again(upload) {
                upload.state = "waiting";
                run();
            },
        };
    },
};

registry.category("services").add("taller_photo_upload", photoUploadService);
