"""The bench as a program: `python tests/bench -c CONFIG -d DATABASE [--pairs 20] [--json FILE]`.

Only for a database that may be thrown away: products and a customer of its own stay in it.
`./taller bench` makes such a database, runs this and drops it.
"""

import argparse
import json
import sys
from contextlib import contextmanager
from pathlib import Path

sys.path[0] = str(Path(__file__).parent.parent)

import odoo  # noqa: E402
import odoo.api  # noqa: E402
import odoo.modules.registry  # noqa: E402

from bench import flows, harness, lists  # noqa: E402


def main():
    parser = argparse.ArgumentParser(prog="bench", description=__doc__.split("\n")[0])
    parser.add_argument("-c", "--config", help="Odoo's configuration file")
    parser.add_argument("-d", "--database", required=True)
    parser.add_argument("--pairs", type=int, default=20)
    parser.add_argument("--json", type=Path, help="write the result there too")
    arguments = parser.parse_args()
    options = ["-d", arguments.database, "--log-level=critical"]
    if arguments.config:
        options += ["-c", arguments.config]
    odoo.tools.config.parse_config(options, setup_logging=True)
    registry = odoo.modules.registry.Registry(arguments.database)

    @contextmanager
    def environment():
        with registry.cursor() as cr:
            env = administrator(cr)
            yield env
            cr.rollback()

    with registry.cursor() as cr:
        ids = flows.prepare(administrator(cr))
    ours = flows.our_flow(ids) if "taller.order" in registry else flows.plain_flow(ids)
    comparison = harness.compare(
        ("plain Odoo", "ours"), (flows.plain_flow(ids), ours), environment, arguments.pairs
    )
    with environment() as env:
        created = lists.create_batches(env, ids)
        opened = lists.open_lists(env)
    print(comparison.report())
    print("\n" + lists.report(f"Opening a list ({lists.ROWS} rows)", opened))
    print("\n" + lists.report("Creating in one call", created))
    if arguments.json:
        result = {"flows": comparison.as_dict()}
        for name, costs in (("lists", opened), ("batches", created)):
            result[name] = {
                what: {"ms": cost.seconds * 1000, "queries": cost.queries} for what, cost in costs.items()
            }
        arguments.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def administrator(cr):
    """The environment of a user who has every role: both flows run with the same rights."""
    env = odoo.api.Environment(cr, odoo.SUPERUSER_ID, {})
    admin = env.ref("base.user_admin")
    return env(user=admin.id, context={"lang": admin.lang, "tz": admin.tz})


if __name__ == "__main__":
    main()
