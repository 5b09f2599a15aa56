import { ConnectionLostError, rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

const item = (code) => `.o_taller_item[data-code=${code}]`;

const isSaved = {
    content: "the server has everything",
    trigger: ".o_taller_saving[data-mark=saved]",
};

/** From now on no request reaches the server: they go where nobody listens. */
function cutConnection() {
    const { open } = window.XMLHttpRequest.prototype;
    window.XMLHttpRequest.prototype.open = function (method) {
        return open.call(this, method, "http://127.0.0.1:1/");
    };
    return () => {
        window.XMLHttpRequest.prototype.open = open;
    };
}

/** The server does what the next request asks, but its answer gets lost on the way. */
function loseOneAnswer() {
    const send = rpc._rpc;
    rpc._rpc = async (url, params, settings) => {
        const answer = await send(url, params, settings);
        if (params.method === "save_answers") {
            rpc._rpc = send;
            throw new ConnectionLostError(url);
        }
        return answer;
    };
}

/** A colleague answers an item on another phone; this screen doesn't know yet. */
async function colleagueAnswers(code, rating) {
    const inspectionId = Number(location.pathname.split("/").at(-1));
    const call = (method, ...args) =>
        rpc(`/web/dataset/call_kw/taller.inspection/${method}`, {
            model: "taller.inspection",
            method,
            args: [inspectionId, ...args],
            kwargs: {},
        });
    const { lines } = await call("load_screen");
    const line = lines.find((one) => one.code === code);
    const answer = { ...line.answer, rating };
    await call("save_answers", [{ line: line.id, uid: "colleague", base: line.revision, ...answer }]);
}

async function takePicture(input) {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [3200, 2400];
    canvas.getContext("2d").fillRect(0, 0, 3200, 2400);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    const files = new window.DataTransfer();
    files.items.add(new File([blob], "pads.png", { type: "image/png" }));
    input.files = files.files;
    input.dispatchEvent(new Event("change"));
}

registry.category("web_tour.tours").add("taller_inspection_without_connection", {
    steps: () => [
        {
            content: "the screen is there, even where its assets have to be made first",
            trigger: ".o_taller_progress[data-done='0']:contains(5)",
            timeout: 60000,
        },
        {
            trigger: `${item("headlights")} .o_taller_rate[data-rating=green]`,
            run: "click",
        },
        {
            trigger: ".o_taller_progress[data-done='1']:contains(5)",
        },
        isSaved,
        {
            content: "behind the lift there is no connection",
            trigger: `${item("wipers")} .o_taller_rate[data-rating=red]`,
            run(helpers) {
                cutConnection();
                return helpers.click();
            },
        },
        {
            trigger: `${item("pads_front")} .o_taller_measure`,
            run: "edit 2,5",
        },
        {
            content: "the colour shows at once",
            trigger: `${item("pads_front")}[data-rating=red] .o_taller_note`,
            run: "edit Worn on one side",
        },
        {
            content: "the screen says that it isn't saved",
            trigger: ".o_taller_saving[data-mark=offline]",
        },
        {
            content: "the phone's battery goes: the page is gone, and comes back",
            trigger: `${item("wipers")}[data-rating=red]`,
            expectUnloadPage: true,
            run() {
                const leave = (ev) => ev.stopImmediatePropagation();
                window.addEventListener("beforeunload", leave, { capture: true });
                location.reload();
            },
        },
        {
            content: "nothing was lost",
            trigger: `${item("wipers")}[data-rating=red]`,
        },
        {
            trigger: `${item("pads_front")}[data-rating=red] .o_taller_note:value(Worn on one side)`,
        },
        isSaved,
        {
            content: "an answer arrives, but the phone doesn't learn it",
            trigger: `${item("oil")} .o_taller_choice:contains(Full)`,
            run(helpers) {
                loseOneAnswer();
                return helpers.click();
            },
        },
        {
            trigger: ".o_taller_saving[data-mark=offline] .o_taller_retry",
            run: "click",
        },
        isSaved,
        {
            content: "sent twice it counts once, and is no quarrel",
            trigger: `${item("oil")}[data-rating=green]:not(:has(.o_taller_conflict))`,
        },
        {
            content: "a colleague answers the same item",
            trigger: `${item("headlights")} .o_taller_rate[data-rating=red]`,
            async run(helpers) {
                await colleagueAnswers("headlights", "amber");
                await helpers.click();
            },
        },
        {
            content: "both answers are shown, mine counts if I say so",
            trigger: `${item("headlights")} .o_taller_conflict:contains(Soon) .o_taller_mine`,
            run: "click",
        },
        {
            trigger: `${item("headlights")}[data-rating=red]:not(:has(.o_taller_conflict))`,
        },
        isSaved,
        {
            content: "the photo is still missing",
            trigger: ".o_taller_confirm",
            run: "click",
        },
        {
            trigger: ".o_taller_missing:contains(Pads, front)",
        },
        {
            content: "and the screen is there",
            trigger: `${item("pads_front")} .o_taller_camera.btn-primary`,
            run: () => takePicture(document.querySelector(`${item("pads_front")} input[type=file]`)),
        },
        {
            trigger: `${item("pads_front")} .o_taller_thumbnail:not([data-state])`,
        },
        {
            trigger: `${item("pads_front")} .o_taller_propose`,
            run: "click",
        },
        {
            trigger: `${item("pads_front")} .o_taller_job`,
        },
        {
            trigger: ".o_taller_confirm",
            run: "click",
        },
        {
            content: "from now on it can only be read",
            trigger: ".o_taller_inspection_page[data-state=done]:not(:has(.o_taller_rate))",
        },
    ],
});

registry.category("web_tour.tours").add("taller_inspection_thumb", {
    steps: () => [
        {
            content: "what was found last time stands out",
            trigger: `${item("wipers")} .o_taller_unrepaired:contains(Urgent)`,
            timeout: 60000,
        },
        {
            content: "confirming says what is unchecked",
            trigger: ".o_taller_confirm",
            run: "click",
        },
        {
            trigger: ".o_taller_missing:contains(Headlights, Wipers, Pads, front, Oil)",
        },
        {
            content: "only the wipers are bad",
            trigger: `${item("wipers")} .o_taller_rate[data-rating=amber]`,
            run: "click",
        },
        {
            trigger: ".o_taller_section:contains(Lights) .o_taller_rest",
            run: "click",
        },
        {
            trigger: `${item("headlights")}[data-rating=green]`,
        },
        {
            content: "jump to what is left",
            trigger: ".o_taller_next:contains(2)",
            run: "click",
        },
        {
            trigger: `${item("pads_front")}.o_taller_jumped .o_taller_measure`,
            run: "edit 8",
        },
        {
            trigger: `${item("pads_front")}[data-rating=green]`,
        },
        {
            trigger: `${item("oil")} .o_taller_choice:contains(Full)`,
            run: "click",
        },
        isSaved,
        {
            trigger: ".o_taller_confirm",
            run: "click",
        },
        {
            trigger: ".o_taller_inspection_page[data-state=done]",
        },
        {
            trigger: ".o_taller_propose_all:contains(1)",
            run: "click",
        },
        {
            trigger: `${item("wipers")} .o_taller_job`,
        },
    ],
});
