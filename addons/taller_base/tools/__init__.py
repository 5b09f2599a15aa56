from . import plate
