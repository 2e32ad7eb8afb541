"""The HTML of a widget that needs no kernel: a figure, its settings and its data.

The data stands in chunks named after their content. The notebook keeps them inside the figure; the
built book moves them into files of their own, which a page loads when a widget comes into sight.
"""

import hashlib
import json
from collections.abc import Mapping
from html import escape
from typing import Any

__all__ = ["chunk", "figure"]


def figure(
    kind: str,
    picture: str,
    caption: str = "",
    *,
    settings: dict[str, Any],
    chunks: Mapping[str, tuple[str, str]],
) -> str:
    """Return a widget as a figure.

    Parameters
    ----------
    kind : str
        Which script brings it to life.
    picture : str
        HTML shown first, and alone where there is no script.
    caption : str
        Plain text below it.
    settings : dict
        What the script needs at once; anything that JSON can write.
    chunks : dict
        From the name by which the script asks for it to the result of `chunk`.

    Returns
    -------
    str
    """
    names = {name: content_id for name, (content_id, _) in chunks.items()}
    described = escape(_to_json(settings | {"chunks": names}))
    scripts = "".join(
        f'<script type="application/json" data-nn-chunk="{content_id}">{text}</script>'
        for content_id, text in chunks.values()
    )
    text = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return (
        f'<figure class="nn-widget" data-nn-widget="{kind}" data-nn-settings="{described}">'
        f'<div class="nn-picture">{picture}</div>{text}{scripts}</figure>'
    )


def chunk(data: Any) -> tuple[str, str]:
    """Return data as a pair of a name made from its content, and JSON that HTML can hold."""
    text = _to_json(data)
    return hashlib.sha256(text.encode()).hexdigest()[:12], text


def _to_json(data):
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # No string may end the script element, or begin what HTML reads to its own end.
    return (
        text.replace("</", "<\\/").replace("<!--", "\\u003c!--").replace("<script", "\\u003cscript")
    )
