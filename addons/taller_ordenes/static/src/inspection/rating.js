/** The rule of `tools/rating.py`, for the colour at once: change both. The server has the last word. */

export const DEFECTS = ["amber", "red"];
export const NOT_APPLICABLE = "na";
const MAX_VALUE = 1000000;

/**
 * @param {Object} item with `worse`, `green_from`, `amber_from`, `green_to`, `amber_to`
 * @param {number} value
 * @returns {string} "green", "amber", "red", or "" where no colour depends on it
 */
export function getMeasurementRating(item, value) {
    const isWithin = (start, end) => {
        const isHighEnough = value >= start - 1e-9;
        const isLowEnough = value <= end + 1e-9;
        if (item.worse === "lower") {
            return isHighEnough;
        }
        return item.worse === "higher" ? isLowEnough : isHighEnough && isLowEnough;
    };
    if (!item.worse) {
        return "";
    }
    if (isWithin(item.green_from, item.green_to)) {
        return "green";
    }
    return isWithin(item.amber_from, item.amber_to) ? "amber" : "red";
}

/**
 * What was typed, with comma or point; null if it is no number that a gauge shows.
 *
 * @param {string} text
 * @returns {number|null}
 */
export function parseMeasurement(text) {
    const written = text.trim().replace(",", ".");
    const number = /^[-+]?(\d+\.?\d*|\.\d+)$/.test(written) ? Number(written) : NaN;
    return Math.abs(number) <= MAX_VALUE ? number : null;
}

/**
 * Colour and completeness of an answer to an item, as the server will work them out.
 *
 * @param {Object} item
 * @param {Object} answer with `rating`, `value`, `choice`, `text`
 * @returns {{rating: string, isAnswered: boolean}}
 */
export function judge(item, answer) {
    if (answer.rating === NOT_APPLICABLE) {
        return { rating: NOT_APPLICABLE, isAnswered: true };
    }
    if (item.item_type === "measurement") {
        const isAnswered = answer.value !== null;
        return { rating: isAnswered ? getMeasurementRating(item, answer.value) : "", isAnswered };
    }
    if (item.item_type === "choice") {
        const choice = item.choices.find((one) => one.key === answer.choice);
        return { rating: choice ? choice.rating : "", isAnswered: Boolean(choice) };
    }
    if (item.item_type === "text") {
        return { rating: "", isAnswered: Boolean(answer.text.trim()) };
    }
    return { rating: answer.rating, isAnswered: Boolean(answer.rating) };
}
