from . import account_move
from . import account_payment
from . import res_users
from . import taller_region
from . import taller_shop
from . import taller_shop_mixin
