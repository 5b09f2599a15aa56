from . import report_delivery
from . import report_history
from . import report_service
from . import report_taller_receipt
