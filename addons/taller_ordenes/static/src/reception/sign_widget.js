import { Component } from "@odoo/owl";

import { SignatureDialog } from "@web/core/signature/signature_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** The button by which whoever brings the vehicle signs the receipt, on this screen. */
export class SignReceipt extends Component {
    static template = "taller_ordenes.SignReceipt";
    static props = standardWidgetProps;

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
    }

    get isFirst() {
        return this.props.record.data.receipt_state === "none";
    }

    async onClick() {
        const { record } = this.props;
        if (!(await record.save())) {
            return;
        }
        this.dialog.add(SignatureDialog, {
            defaultName: record.data.brought_by || record.data.partner_id?.display_name || "",
            nameAndSignatureProps: { displaySignatureRatio: 3, signatureType: "signature", mode: "draw" },
            uploadSignature: (signed) => this.sign(signed),
        });
    }

    async sign({ name, signatureImage }) {
        const { record } = this.props;
        const signature = signatureImage.split(",")[1];
        await this.orm.call("taller.order", "sign_receipt", [[record.resId], name, signature]);
        await record.load();
        this.notification.add(_t("Signed. The receipt goes to the customer."), { type: "success" });
    }
}

registry.category("view_widgets").add("taller_sign_receipt", {
    component: SignReceipt,
    fieldDependencies: [
        { name: "receipt_state", type: "selection" },
        { name: "brought_by", type: "char" },
        { name: "partner_id", type: "many2one" },
    ],
});
