from . import report_history
