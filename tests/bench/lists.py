"""What opening a list and creating in batches cost."""

from lxml import etree

from bench.harness import Run

ROWS = 80
# Each model's list is opened as the client does it: the fields of its list view, the first page.
LISTS = {
    "taller.order": [],
    "taller.job": [],
    "fleet.vehicle": [("ownership", "=", "customer")],
    "res.partner": [],
    "sale.order": [],
}
BATCHES = (10, 100)


def specification(env, model):
    """What the client asks of `web_search_read` for the model's list."""
    view = env[model].get_views([(False, "list")])
    wanted = {}
    for node in etree.fromstring(view["views"]["list"]["arch"]).iterchildren("field"):
        name = node.get("name")
        description = view["models"][model]["fields"].get(name)
        if description and node.get("column_invisible") not in ("1", "True"):
            relational = description["type"] in ("many2one", "many2many", "one2many")
            wanted[name] = {"fields": {"display_name": {}}} if relational else {}
    return wanted


def open_lists(env):
    """`{model: Cost}` of opening its list on records that are not in the cache."""
    costs = {}
    for model, domain in LISTS.items():
        if model not in env:
            continue
        fields = specification(env, model)
        env[model].web_search_read(domain, fields, limit=ROWS)  # access rules are cached from here on
        env.invalidate_all()
        run = Run(env.cr)
        with run.step(model):
            env[model].web_search_read(domain, fields, limit=ROWS)
        costs.update(run.steps)
    return costs


def create_batches(env, ids):
    """`{"10 × model": Cost}` of creating that many vehicles and orders in one call, written to the database."""
    values_of = {
        "fleet.vehicle": lambda number: {
            "license_plate": f"P{number:03}BCH",
            "ownership": "customer",
            "owner_id": ids["customer"],
        },
        "taller.order": lambda number: {"vehicle_id": ids["vehicle"], "concern": f"Noise {number}"},
    }
    costs, used = {}, 0
    for model, values in values_of.items():
        if model not in env:
            continue
        for size in (1, *BATCHES):  # the first one only warms up
            run = Run(env.cr)
            with run.step(f"{size} × {model}"):
                env[model].create([values(used + number) for number in range(size)])
                env.flush_all()
            used += size
            if size > 1:
                costs.update(run.steps)
            env.invalidate_all()
    return costs


def report(title, costs):
    lines = [title]
    lines += [f"{name:24}{cost.seconds * 1000:10.1f} ms {cost.queries:5} q" for name, cost in costs.items()]
    return "\n".join(lines)
