"""Whether a canned service is for a vehicle, and how particularly. Plain Python, without Odoo.

A service without conditions is for every vehicle; one with conditions is for the vehicles that meet at least
one of them. What isn't known of a vehicle meets nothing: better to offer too little than the wrong timing belt.
"""

from dataclasses import dataclass

# What a condition says about the vehicle, the more the particular: a model says more than anything else together.
WEIGHT_MODEL = 16
WEIGHT_MAKE = 8
WEIGHT_YEARS = 4
WEIGHT_FUEL = 2
WEIGHT_KIND = 1


@dataclass(frozen=True)
class Traits:
    """What is known of a vehicle; None where it isn't.

    :param make: any value that is equal for the same make, e.g. an id; `model` likewise
    :param year: the model year
    """

    kind: str | None = None
    make: int | None = None
    model: int | None = None
    year: int | None = None
    fuel: str | None = None


@dataclass(frozen=True)
class Condition:
    """Vehicles that a service is for: all that is said has to be met. The years include both ends."""

    kind: str | None = None
    make: int | None = None
    model: int | None = None
    year_from: int | None = None
    year_to: int | None = None
    fuel: str | None = None

    def is_met(self, traits):
        """Whether the vehicle of these traits is meant."""
        for name in ("kind", "make", "model", "fuel"):
            if getattr(self, name) is not None and getattr(self, name) != getattr(traits, name):
                return False
        if self.year_from is None and self.year_to is None:
            return True
        return (
            traits.year is not None
            and (self.year_from is None or self.year_from <= traits.year)
            and (self.year_to is None or traits.year <= self.year_to)
        )

    def get_weight(self):
        """How particular the condition is: the more, the fewer vehicles it is for."""
        return (
            WEIGHT_MODEL * (self.model is not None)
            + WEIGHT_MAKE * (self.make is not None)
            + WEIGHT_YEARS * (self.year_from is not None or self.year_to is not None)
            + WEIGHT_FUEL * (self.fuel is not None)
            + WEIGHT_KIND * (self.kind is not None)
        )


def get_fit(conditions, traits):
    """How particularly a service of these conditions is for a vehicle of these traits.

    :return: None, it isn't; 0, it is for every vehicle; more for a service that is for fewer vehicles
    """
    if not conditions:
        return 0
    return max((condition.get_weight() for condition in conditions if condition.is_met(traits)), default=None)
