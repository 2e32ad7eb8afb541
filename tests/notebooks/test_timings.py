"""No output tells how fast a machine was, but in cells that say so and are not compared."""

import json
import re

import pytest
from prose import ROOT

CHAPTERS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
MEASURED = {"time-here", "cupy-train"}  # by the run that stored them
RECORDED = {"recorded-times", "work-table"}  # of nnbook.records, with the device they come from
ASKED = {"quiz"}  # the times in its questions are invented
UNIT = r"(?:[mµun]?s|ns|min|hours?|minutes?|(?:milli|micro|nano)?seconds?|sec)"
TIMING = re.compile(
    rf"\d[\d.,e+-]* ?{UNIT}\b|\b{UNIT} per\b|\d ?(?:it|epochs?|updates?)/s\b"
    r"|\b\d\d?:\d\d\b|\bWall time|\btimes (?:faster|slower)"
)
UNSEEN = re.compile(r"<script.*?</script>|<style.*?</style>|<[^!][^>]*>", re.DOTALL)


def words(output):
    """Return the words that an output shows, those in a drawing included."""
    data = output.get("data", {"text/plain": output.get("text", "")})
    texts = {kind: "".join(t) for kind, t in data.items() if kind.startswith(("text", "image/svg"))}
    return "\n".join(UNSEEN.sub(" ", text) if "<" in text else text for text in texts.values())


def timed(cells):
    """Return the cells, by id, with an output that holds a time."""
    return {
        cell["id"]: cell
        for cell in cells
        if any(TIMING.search(words(output)) for output in cell.get("outputs", []))
    }


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_time_is_stored_only_where_it_is_said_whose_it_is(name):
    path = ROOT / "notebooks" / f"{name}.ipynb"
    found = timed(json.loads(path.read_text(encoding="utf-8"))["cells"])
    assert set(found) <= MEASURED | RECORDED | ASKED
    ignored = {
        k for k, c in found.items() if "nbval-ignore-output" in c["metadata"].get("tags", [])
    }
    assert ignored == set(found) & MEASURED


@pytest.mark.parametrize(
    "text",
    [
        "took 0.31 s", "137 ms for 300 epochs", "1,048 µs", "3.2e-05 seconds", "12 min", "8 us",
        "2.1 ns ± 3", "Wall time", "130.2it/s", "300 epochs/s", "[00:02<00:00]", "µs per update",
        "3 times faster",
    ],
)  # fmt: skip
def test_a_time_is_found_in_every_form(text):
    stream = {"output_type": "stream", "text": [text]}
    drawn = {"data": {"image/svg+xml": ["<svg><!-- ", text, " --><path d='M 0 1'/></svg>"]}}
    cells = [{"id": "a", "outputs": [stream]}, {"id": "b", "outputs": [drawn]}]
    assert set(timed(cells)) == {"a", "b"}


@pytest.mark.parametrize("text", ["epoch 12 loss 0.31", "(3, 4)", "10 samples", "W: 20 numbers"])
def test_other_numbers_are_no_times(text):
    assert timed([{"id": "a", "outputs": [{"output_type": "stream", "text": text}]}]) == {}
