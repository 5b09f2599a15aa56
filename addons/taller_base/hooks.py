# Core's fleet actions, the domain we give them, and the one they come with.
FLEET_ACTIONS = {
    "fleet.fleet_vehicle_action": ('[("ownership", "=", "own")]', False),
    "fleet.fleet_vehicle_odometer_action": ('[("vehicle_id.ownership", "=", "own")]', False),
    "fleet.fleet_costs_reporting_action": ('[("vehicle_id.ownership", "=", "own")]', False),
    "fleet.fleet_vehicle_odometer_reporting_action": (
        '[("vehicle_id.active", "=", True), ("vehicle_id.ownership", "=", "own")]',
        "[('vehicle_id.active', '=', True)]",
    ),
}


def uninstall_hook(env):
    """Give core's fleet actions back the domains that `views/fleet_own_fleet_views.xml` replaced."""
    for xml_id, (ours, original) in FLEET_ACTIONS.items():
        action = env.ref(xml_id, raise_if_not_found=False)
        if action and action.domain == ours:
            action.domain = original
