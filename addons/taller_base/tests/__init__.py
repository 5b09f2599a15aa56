from . import test_customer
from . import test_lookup
from . import test_people
from . import test_shop
from . import test_shop_of_payments
from . import test_user_create
