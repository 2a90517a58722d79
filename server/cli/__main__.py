"""`python -m server.cli` is `onrecord`."""

import sys

from server.cli.application import main

sys.exit(main())
