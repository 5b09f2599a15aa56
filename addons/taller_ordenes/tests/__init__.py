from . import test_access
from . import test_customer
from . import test_flow
from . import test_job
from . import test_order
