"""A widget as HTML: whatever its data holds, the page stays whole."""

import json
from html.parser import HTMLParser

import pytest

from nnbook.widget.page import chunk, figure

NASTY = ["</script><b>", "<!--<script>", "a < b && c > d", "</figure>", "‹é›", "\"'&quot;"]


class Elements(HTMLParser):
    """The elements of a page, and the text in its scripts."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.scripts = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)

    def handle_data(self, data):
        if self.tags[-1] == "script":
            self.scripts.append(data)


@pytest.mark.parametrize("text", NASTY)
def test_data_and_words_can_hold_any_text(text):
    html = figure("x", "<p></p>", text, settings={"s": text}, chunks={"frames": chunk([text])})
    page = Elements(html)
    assert page.tags == ["figure", "div", "p", "figcaption", "script"]
    assert json.loads("".join(page.scripts)) == [text]
    (script,) = page.scripts
    assert not any(part in script for part in ("</", "<!--", "<script"))


def test_equal_data_has_an_equal_name():
    assert chunk({"a": 1}) == chunk({"a": 1})
    assert chunk({"a": 1})[0] != chunk({"a": 2})[0]
