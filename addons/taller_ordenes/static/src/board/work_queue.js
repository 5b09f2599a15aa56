import { Component, onMounted, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const ICONS = {
    inspection: "fa-search",
    estimate: "fa-calculator",
    customer: "fa-comments-o",
    mechanic: "fa-user",
    parts: "fa-cubes",
    work: "fa-wrench",
    quality: "fa-check-square-o",
    pickup: "fa-car",
};
const REFRESH_SECONDS = 60;

/**
 * The work queue: one tile per desk, with what lies there. A tap opens the list.
 */
export class WorkQueue extends Component {
    static template = "taller_ordenes.WorkQueue";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ shops: [], tiles: [], shopId: false });
        onWillStart(() => this.load());
        let timer;
        onMounted(() => {
            timer = setInterval(
                () => document.visibilityState === "visible" && this.load(),
                REFRESH_SECONDS * 1000
            );
        });
        onWillUnmount(() => clearInterval(timer));
    }

    async load() {
        Object.assign(this.state, await this.orm.silent.call("taller.order", "get_queue", []));
    }

    chooseShop(shopId) {
        this.state.shopId = shopId;
    }

    get tiles() {
        return this.state.tiles.map((tile) => this.summarise(tile));
    }

    summarise({ key, label, shops }) {
        const { shopId } = this.state;
        const chosen = shopId ? [shops[shopId]].filter(Boolean) : Object.values(shops);
        const oldest = chosen.filter((shop) => shop.since).sort((a, b) => (a.since < b.since ? -1 : 1))[0];
        const sum = (name) => chosen.reduce((total, shop) => total + shop[name], 0);
        return {
            key,
            label,
            icon: ICONS[key],
            count: sum("count"),
            late: sum("late"),
            age: oldest?.age || "",
            byShop: this.state.shops
                .filter((shop) => !shopId && this.state.shops.length > 1 && shops[shop.id])
                .map((shop) => ({ ...shop, count: shops[shop.id].count })),
        };
    }

    open(tile) {
        const context = { search_default_open: 0, [`search_default_waiting_${tile.key}`]: 1 };
        if (this.state.shopId) {
            context.search_default_shop_id = this.state.shopId;
        }
        return this.action.doAction("taller_ordenes.taller_order_action_queue", {
            additionalContext: context,
        });
    }
}

registry.category("actions").add("taller_work_queue", WorkQueue);
