"""Still pictures of drawings: a stored SVG is an image, which every reader of notebooks shows.

A notebook that is not trusted loses the SVG inside of HTML and keeps its bare words; an image
stays. The built book turns the images into SVG again, which follows a page's dark mode.
"""

import base64
import os
import re

from nnbook.palette import light

__all__ = ["as_drawings", "as_images", "stored"]

DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
WORDS = re.compile('aria-label="([^"]*)"')
START = "data:image/svg+xml;base64,"
NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'  # without it an image is no picture
IMAGE = re.compile(f'<img class="nn-still"[^>]* src="{re.escape(START)}([^"]*)">')


def stored(html: str) -> str:
    """Return HTML as a notebook stores it, while outputs are being stored."""
    return as_images(html) if os.environ.get("NNBOOK_STORE_OUTPUTS") else html


def as_images(html: str) -> str:
    """Return HTML with an image in the place of every SVG."""
    return DRAWING.sub(lambda match: _image(match[0]), html)


def as_drawings(html: str) -> str:
    """Return HTML with an SVG in the place of every image that `as_images` made."""
    return IMAGE.sub(lambda match: base64.b64decode(match[1]).decode(), html)


def _image(svg):
    if NAMESPACE not in svg:
        svg = svg.replace(">", f" {NAMESPACE}>", 1)
    words = WORDS.search(svg)
    ground = f"background: {light('paper')}"
    data = base64.b64encode(svg.encode()).decode()
    alt = words[1] if words else ""
    return f'<img class="nn-still" alt="{alt}" style="{ground}" src="{START}{data}">'
