"""``python -m govdigest``."""

import sys

from govdigest.cli import main

sys.exit(main())
