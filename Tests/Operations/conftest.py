"""What operators copy into production is tested with the same programs and fixtures as the exporter itself."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "EndToEnd"))
