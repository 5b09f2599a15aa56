from . import portal_delivery
from . import portal_estimate
from . import portal_order
from . import portal_photo
from . import portal_sale
from . import portal_vehicle
