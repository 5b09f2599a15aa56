import { BaseImportModel } from "@base_import/import_model";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

const MAX_LINES = 200;

/**
 * Rows that the server left out do not stop the import: they are gathered over all batches and shown
 * by their number in the sheet, with how many rows came in.
 */
patch(BaseImportModel.prototype, {
    async executeImport(isTest = false, totalSteps, importProgress) {
        this.leftOut = [];
        const { res } = await super.executeImport(isTest, totalSteps, importProgress);
        if (this.leftOut.length) {
            this._showLeftOut(isTest, res);
        }
        return { res };
    },

    async _callImport(dryrun, args) {
        const result = await super._callImport(dryrun, args);
        const messages = result.messages || [];
        this.leftOut.push(...messages.filter((message) => message.left_out));
        if (messages.length) {
            result.messages = messages.filter((message) => !message.left_out);
        }
        return result;
    },

    _showLeftOut(isTest, res) {
        const counts = { right: res.ids.length, wrong: this.leftOut.length };
        if (!res.hasError) {
            // Core says "Everything seems valid" of a test.
            this.importMessages = [];
        }
        if (isTest) {
            this._addMessage("info", [
                _t("%(right)s rows are right. %(wrong)s are not and would be left out:", counts),
            ]);
        } else {
            this._addMessage("success", [
                _t("%(right)s rows came in. %(wrong)s were left out, for the reasons below.", counts),
                _t("Correct those rows and import them alone."),
            ]);
        }
        const lines = this.leftOut.slice(0, MAX_LINES).map((message) => message.message);
        if (this.leftOut.length > MAX_LINES) {
            lines.push(_t("… and %s more.", this.leftOut.length - MAX_LINES));
        }
        this._addMessage("warning", lines);
        if (!isTest) {
            // Stay, so that the reasons can be read: the action leaves for the records otherwise.
            res.hasError = true;
            this.setOption("skip", 0);
        }
    },
});
