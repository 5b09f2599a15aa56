from . import privacy
from . import signup
