from . import lookup
from . import nit
from . import plate
