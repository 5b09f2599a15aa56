from . import backup_archive
from . import lookup
from . import nit
from . import meter
from . import plate
from . import vin
