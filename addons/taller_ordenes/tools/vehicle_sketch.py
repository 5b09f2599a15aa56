"""Where on a vehicle something is: the sketch that condition marks are put on. Plain Python, without Odoo.

The sketch is the vehicle unfolded, its front to the left: the left side above, seen from the top in the
middle, the right side below. Positions are percentages of its width and height, from the upper left.
"""

# By equipment kind; the files are in static/src/img/sketch.
SKETCHES = {
    "car": "car",
    "pickup": "pickup",
    "motorcycle": "motorcycle",
    "truck": "truck",
    "bus": "bus",
    "machinery": "machinery",
}
DEFAULT_SKETCH = "other"


def get_sketch(equipment_kind):
    """Name of the sketch of vehicles of this kind."""
    return SKETCHES.get(equipment_kind, DEFAULT_SKETCH)


def get_zone(x, y):
    """The part of the vehicle at this position: "left", "top" or "right", and "front", "middle" or "rear"."""
    side = "left" if y < 100 / 3 else "top" if y < 200 / 3 else "right"
    part = "front" if x < 100 / 3 else "middle" if x < 200 / 3 else "rear"
    return side, part
