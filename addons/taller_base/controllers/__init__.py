from . import portal_vehicle
from . import privacy
from . import signup
