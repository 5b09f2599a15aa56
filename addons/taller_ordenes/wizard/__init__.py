from . import sale_advance_payment_inv
from . import taller_inspection_start
from . import taller_approval_phone
from . import taller_order_cancel
from . import taller_order_deliver
from . import taller_job_concern
from . import taller_job_pause
from . import taller_reason
