"""Run a script or a command of manage.py with the suite's variables where none are set."""

import os
import runpy
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import tests.environment  # noqa: F401  # sets the variables

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicedesk.settings")
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
