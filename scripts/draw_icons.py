"""Draw static/icons.svg anew from the folder of an unpacked @tabler/icons package.

    python scripts/draw_icons.py <folder with icons/outline/*.svg>

To add an icon: put its Tabler name into scripts/icons.txt and run this.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = ROOT / "scripts" / "icons.txt"
TARGET = ROOT / "static" / "icons.svg"
DRAWN = 'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"'
EMPTY_FRAME = '<path stroke="none" d="M0 0h24v24H0z" fill="none"'


def symbol(folder, name):
    source = (folder / "icons" / "outline" / f"{name}.svg").read_text()
    marks = re.findall(r"<(?:path|circle|rect|line|polyline)\b[^>]*/>", source)
    body = "".join(mark.replace(" />", "/>") for mark in marks if not mark.startswith(EMPTY_FRAME))
    return f'<symbol id="{name}" viewBox="0 0 24 24" {DRAWN}>{body}</symbol>'


def main(folder):
    symbols = "\n".join(symbol(folder, name) for name in sorted(NAMES.read_text().split()))
    note = "<!-- Tabler Icons, MIT, vendor/tabler/LICENSE; drawn by scripts/draw_icons.py -->"
    TARGET.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">\n{note}\n{symbols}\n</svg>\n')


if __name__ == "__main__":
    main(Path(sys.argv[1]))
