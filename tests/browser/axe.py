"""Barriers for readers with disabilities, as axe-core finds them in a page."""

from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"


def violations(page, selector="body"):
    """Return the rules that a part of a page breaks, each with the elements that break it."""
    page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    found = page.evaluate("selector => axe.run(selector)", selector)["violations"]
    return [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found]
