from . import report_delivery
from . import report_history
