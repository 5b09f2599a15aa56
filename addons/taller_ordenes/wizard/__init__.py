from . import sale_advance_payment_inv
from . import taller_order_cancel
