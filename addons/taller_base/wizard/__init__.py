from . import account_payment_register
from . import base_import_import
from . import taller_user_create
from . import taller_vehicle_transfer
