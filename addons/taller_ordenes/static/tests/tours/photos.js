import { registry } from "@web/core/registry";
import { ConnectionLostError, rpc } from "@web/core/network/rpc";

/** What the phone's camera hands over: a large picture. */
async function takePicture(input) {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [3200, 2400];
    canvas.getContext("2d").fillRect(0, 0, 3200, 2400);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    const files = new DataTransfer();
    files.items.add(new File([blob], "photo.png", { type: "image/png" }));
    input.files = files.files;
    input.dispatchEvent(new Event("change"));
}

/** The answer to the next upload gets lost on its way, though the server has done it. */
function loseOneAnswer() {
    const send = rpc._rpc;
    rpc._rpc = async (url, params, settings) => {
        const answer = await send(url, params, settings);
        if (params.method === "upload") {
            rpc._rpc = send;
            throw new ConnectionLostError(url);
        }
        return answer;
    };
}

registry.category("web_tour.tours").add("taller_photos_from_the_phone", {
    steps: () => [
        {
            trigger: ".nav-link[name=reception]",
            run: "click",
        },
        {
            content: "the answer to the first photo is lost",
            trigger: ".o_taller_photo_camera",
            async run() {
                loseOneAnswer();
                await takePicture(document.querySelector(".o_taller_photo_camera_input"));
            },
        },
        {
            content: "it says that it waits",
            trigger: ".o_taller_photo[data-state=offline]",
            run: () => window.dispatchEvent(new Event("online")),
        },
        {
            content: "and arrives once",
            trigger: ".o_taller_photo_grid:not(:has([data-state])) .o_taller_photo",
            run: "click",
        },
        {
            trigger: ".o_taller_photo_note_input",
            run: "edit Scratch at the door",
        },
        {
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "the note is on it",
            trigger: ".o_taller_photo_note:contains(Scratch at the door)",
        },
        {
            content: "a document is no photo",
            trigger: ".o_taller_photo_gallery_input:not(:visible)",
            run() {
                const files = new DataTransfer();
                files.items.add(new File(["%PDF-1.7"], "photo.jpg", { type: "image/jpeg" }));
                this.anchor.files = files.files;
                this.anchor.dispatchEvent(new Event("change"));
            },
        },
        {
            trigger: ".o_taller_photo_refused .o_taller_photo_discard",
            run: "click",
        },
        {
            trigger: ".o_taller_photos:not(:has(.o_taller_photo_refused))",
        },
    ],
});
