from . import taller_order_cancel
