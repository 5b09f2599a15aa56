from . import account_payment_register
from . import taller_user_create
from . import taller_vehicle_transfer
