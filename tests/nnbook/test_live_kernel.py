"""The kernel of a page: cells run as in a notebook, and everything that they show is a message."""

import asyncio
import inspect
import sys
import types

import pytest

from nnbook.live import kernel as kernel_module
from nnbook.live import streams
from nnbook.live.kernel import Kernel
from nnbook.live.streams import MOST_CHARACTERS, PAUSE, Stream
from nnbook.widget.in_page import MEDIA, PageWidget


class Page:
    """A kernel and the messages that it has sent.

    Attributes
    ----------
    sent : list
        All messages.
    buffers : list
        The buffers of each of them.
    """

    def __init__(self):
        self.sent, self.buffers = [], []
        self.kernel = Kernel(self._hear)
        self.names = self.kernel.names

    def _hear(self, message, buffers):
        self.sent.append(message)
        self.buffers.append(buffers)

    def run(self, source, cell="a"):
        """Run a cell and return its messages, the last one ("done") left out."""
        before = len(self.sent)
        asyncio.run(self.kernel.run(cell, source))
        *shown, done = self.sent[before:]
        assert {message["cell"] for message in self.sent[before:]} == {cell}
        assert done["type"] == "done"
        assert done["seconds"] >= 0
        assert done["ok"] == (not any(message["type"] == "error" for message in shown))
        return shown

    def result(self, source, cell="a"):
        """Run a cell that shows one value alone, and return its forms."""
        (message,) = self.run(source, cell)
        assert message["type"] == "result"
        return message["data"]

    def error(self, source, cell="a"):
        """Run a cell that fails and return its error."""
        *_, message = self.run(source, cell)
        assert message["type"] == "error"
        return message


@pytest.fixture
def clock(monkeypatch):
    """Return the time of the streams, which stands still until a test moves it."""
    clock = types.SimpleNamespace(now=1000.0)
    monkeypatch.setattr(streams, "time", types.SimpleNamespace(monotonic=lambda: clock.now))
    return clock


@pytest.fixture
def page(clock, monkeypatch):
    """Return a page whose kernel is `__main__` until the test ends."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    return Page()


def texts(messages):
    """Return the pieces of streams as pairs of a name and a text."""
    return [(m["name"], m["text"]) for m in messages if m["type"] == "stream"]


def joined(messages):
    """Return what a cell shows, with pieces of one stream that follow each other as one."""
    shown = []
    for m in messages:
        name, text = m.get("name", m["type"]), m.get("text") or m["data"]["text/plain"]
        if shown and m["type"] == "stream" and shown[-1][0] == name:
            text = shown.pop()[1] + text
        shown.append((name, text))
    return shown


# ---------------------------------------------------------------- values


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("1 + 1", "2"),
        ("x = 3\nx", "3"),
        ("'a'", "'a'"),
        ("x = 1; x", "1"),
        ("'a;'", "'a;'"),
        ("7  # a comment;", "7"),
        ("x = 1; x  # ;", "1"),
        ("(1,\n 2)\n\n", "(1, 2)"),
    ],
)
def test_the_value_of_the_last_expression_is_shown(page, source, text):
    assert page.result(source) == {"text/plain": text}


@pytest.mark.parametrize(
    "source",
    ["", "# nothing", "x = 1", "None", "7;", "7 ;  ", "7;  # why", "'a';\n\n# why\n", "1\npass"],
)
def test_other_cells_show_no_value(page, source):
    assert page.run(source) == []


def test_underscore_is_the_last_value_that_was_shown(page):
    page.run("6 * 7")
    page.run("None")
    page.run("8;")
    assert page.result("_", "b") == {"text/plain": "42"}


def test_names_stay_from_cell_to_cell(page):
    page.run("import math\nx = 2\ndef double(): return 2 * x")
    page.run("x = 5", "b")
    assert page.result("double(), math.floor(1.5)", "c") == {"text/plain": "(10, 1)"}


def test_a_cell_can_wait_for_something(page):
    source = "import asyncio\nx = await asyncio.sleep(0, 3)\nawait asyncio.sleep(0, x + 1)"
    assert page.result(source) == {"text/plain": "4"}
    source = "async def count():\n    yield 1\n    yield 2\n[n async for n in count()]"
    assert page.result(source) == {"text/plain": "[1, 2]"}


def test_a_cell_is_the_main_module(page):
    assert page.result("__name__") == {"text/plain": "'__main__'"}
    page.run("from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int = 1")
    source = (
        "import pickle, sys\nassert sys.modules['__main__'].P is P\npickle.loads(pickle.dumps(P()))"
    )
    assert page.result(source, "b") == {"text/plain": "P(x=1)"}


def test_cells_know_nothing_of_the_kernel(page):
    assert page.result("get_ipython() is None") == {"text/plain": "True"}
    assert set(page.names) <= {
        *("__name__", "__doc__", "__package__", "__loader__", "__spec__", "__builtins__"),
        *("__file__", "display", "input", "get_ipython", "_"),
    }


def test_the_source_of_what_a_cell_defines_can_be_read(page):
    kind = "class Layer:\n    def forward(self, x):\n        return x\n"
    source = f"import inspect\n{kind}print(inspect.getsource(Layer))"
    assert joined(page.run(source)) == [("stdout", kind + "\n")]
    page.run("pass", "b")
    method = page.names["Layer"].forward  # of a function also later
    assert inspect.getsource(method) == "    def forward(self, x):\n        return x\n"
    page.run(kind.replace("return x", "return 2 * x"))  # the cell is changed and runs again
    assert "return 2 * x" in inspect.getsource(page.names["Layer"].forward)


# ---------------------------------------------------------------- forms


def test_a_value_is_shown_in_every_form_that_it_has(page):
    page.run(
        "class Rich:\n"
        "    def __repr__(self): return 'rich'\n"
        "    def _repr_html_(self): return '<b>rich</b>'\n"
        "    def _repr_svg_(self): return None\n"
        "    def _repr_png_(self): return b'\\x89PNG'\n"
    )
    forms = {"text/plain": "rich", "text/html": "<b>rich</b>", "image/png": "iVBORw=="}
    assert page.result("Rich()") == forms
    assert page.result("Rich") == {"text/plain": "<class '__main__.Rich'>"}


@pytest.mark.parametrize("bundle", ["{'text/html': 'h'}", "({'text/html': 'h'}, {'width': 3})"])
def test_a_bundle_of_forms_comes_before_single_ones(page, bundle):
    page.run(
        "class Bundled:\n"
        "    def __repr__(self): return 'b'\n"
        "    def _repr_html_(self): return 'not shown'\n"
        f"    def _repr_mimebundle_(self, include=None, exclude=None): return {bundle}\n"
    )
    assert page.result("Bundled()") == {"text/plain": "b", "text/html": "h"}


@pytest.mark.parametrize("answer", ["raise KeyError(name)", "return lambda: {1, 2}"])
def test_a_class_that_makes_up_attributes_is_shown_as_text(page, answer):
    page.run(
        "class Odd:\n"
        "    def __repr__(self): return 'odd'\n"
        f"    def __getattr__(self, name): {answer}\n"
    )
    assert page.result("Odd()") == {"text/plain": "odd"}


def test_a_formatter_shows_a_type_and_those_made_from_it(page):
    page.run("class A:\n    def __repr__(self): return 'a'\nclass B(A): pass")
    page.kernel.format(page.names["A"], lambda value: {"text/html": f"<{type(value).__name__}>"})
    assert page.result("B()") == {"text/plain": "a", "text/html": "<B>"}
    page.kernel.format(page.names["B"], lambda value: {"text/html": "of B"})
    assert page.result("B()")["text/html"] == "of B"
    assert page.result("A()")["text/html"] == "<A>"
    assert page.result("A") == {"text/plain": "<class '__main__.A'>"}


def test_display_shows_values_in_the_order_of_what_is_printed(page):
    shown = page.run("print('one')\ndisplay(2, 'three', width=1)\nprint('four')\n5")
    assert joined(shown) == [
        ("stdout", "one\n"),
        ("display", "2"),
        ("display", "'three'"),
        ("stdout", "four\n"),
        ("result", "5"),
    ]


# ---------------------------------------------------------------- printing


@pytest.fixture
def stream(clock):
    """Return a stream and the list of its messages."""
    sent = []
    return Stream("stdout", sent.append), sent


def test_what_is_printed_comes_in_pieces(stream, clock):
    out, sent = stream
    out.write("at once")
    out.write(" later")
    out.write(", together")
    assert texts(sent) == [("stdout", "at once")]
    clock.now += 2 * PAUSE
    out.write("!")
    assert texts(sent)[1:] == [("stdout", " later, together!")]
    out.write("end")
    out.flush()
    out.flush()
    assert texts(sent)[2:] == [("stdout", "end")]


def test_too_much_text_is_cut_once(stream):
    out, sent = stream
    out.write("x" * (MOST_CHARACTERS - 1))
    assert out.write("ab") == 2
    out.write("c")
    out.flush()
    assert "".join(text for _, text in texts(sent)) == "x" * (MOST_CHARACTERS - 1) + "a"
    assert [m for m in sent if m["type"] != "stream"] == [
        {"type": "cut", "characters": MOST_CHARACTERS}
    ]
    out.begin()  # the next cell
    out.write("new")
    assert texts(sent)[-1] == ("stdout", "new")


def test_text_that_just_fits_is_not_cut(stream):
    out, sent = stream
    out.write("x" * MOST_CHARACTERS)
    out.write("")
    out.flush()
    assert [m["type"] for m in sent] == ["stream"]


def test_only_text_can_be_printed(stream):
    out, _ = stream
    with pytest.raises(TypeError, match=r"write\(\) argument must be str, not bytes"):
        out.write(b"x")
    assert out.writable()
    assert not out.isatty()


def test_both_streams_keep_their_order(page):
    source = "import sys\nfor i in range(3):\n    print(i)\n    print(-i, file=sys.stderr)"
    assert joined(page.run(source)) == [
        ("stdout", "0\n"),
        ("stderr", "0\n"),
        ("stdout", "1\n"),
        ("stderr", "-1\n"),
        ("stdout", "2\n"),
        ("stderr", "-2\n"),
    ]


def test_each_cell_may_print_as_much_as_the_one_before(page):
    source = f"print('x' * {MOST_CHARACTERS + 5})"
    for cell in "ab":
        shown = page.run(source, cell)
        assert [m["type"] for m in shown] == ["stream", "cut"]
        assert len(shown[0]["text"]) == MOST_CHARACTERS


def test_what_was_printed_before_an_error_stands_above_it(page):
    shown = page.run("print(1)\nprint(2)\n1 / 0")
    assert [m["type"] for m in shown] == ["stream", "stream", "error"]
    assert "".join(text for _, text in texts(shown)) == "1\n2\n"


def test_the_streams_of_the_process_come_back(page):
    outside = sys.stdout, sys.stderr
    page.run("print(1)")
    page.run("1 / 0")
    page.run("raise SystemExit")
    assert (sys.stdout, sys.stderr) == outside


# ---------------------------------------------------------------- errors


def test_an_error_says_what_and_where(page):
    source = "def half(x):\n    y = 1\n    return y / x\n\nz = 0\nhalf(z)\n"
    error = page.error(source)
    assert (error["name"], error["value"]) == ("ZeroDivisionError", "division by zero")
    (cause,) = error["causes"]
    assert (cause["name"], cause["value"]) == ("ZeroDivisionError", "division by zero")
    assert cause["link"] is None
    outer, inner = cause["frames"]
    assert (outer["file"], outer["line"], outer["function"]) == ("<cell a>", 6, "<module>")
    assert (inner["file"], inner["line"], inner["function"]) == ("<cell a>", 3, "half")
    lines = source.split("\n")
    assert inner["code"] == [[n, lines[n - 1]] for n in (1, 2, 3, 4, 5)]
    assert outer["code"] == [[n, lines[n - 1]] for n in (4, 5, 6)]


def test_the_traceback_is_that_of_a_program(page):
    text = page.error("x = 1\nx / 0")["text"]
    assert text.startswith('Traceback (most recent call last):\n  File "<cell a>", line 2, in ')
    assert "    x / 0\n" in text
    assert text.endswith("ZeroDivisionError: division by zero\n")


def test_an_error_in_a_function_of_another_cell_names_that_cell(page):
    page.run("def fail():\n    raise KeyError('k')", "first")
    (cause,) = page.error("fail()", "second")["causes"]
    assert [frame["file"] for frame in cause["frames"]] == ["<cell second>", "<cell first>"]
    assert cause["frames"][1]["code"] == [[1, "def fail():"], [2, "    raise KeyError('k')"]]


def test_the_line_is_right_where_a_line_holds_an_odd_character(page):
    (cause,) = page.error("a = 'x\u2028y\x0cz'\nb = 1\n1 / 0")["causes"]
    assert cause["frames"][0]["code"][-1] == [3, "1 / 0"]


OURS = [
    "1 / 0",
    "await asyncio.sleep(0)\n1 / 0",
    "class A:\n    def __repr__(self): 1 / 0\nA()",
    "class A:\n    def _repr_html_(self): 1 / 0\nA()",
    "x = (",
    "raise SystemExit(3)",
]


@pytest.mark.parametrize("source", OURS)
def test_a_traceback_begins_in_the_cell(page, source):
    page.run("import asyncio")
    error = page.error(source)
    assert error["causes"][0]["frames"][0]["file"] == "<cell a>"
    assert error["text"].count("  File ") == error["text"].count('  File "<cell a>"') >= 1


@pytest.mark.parametrize(
    ("raised", "link", "words"),
    [
        ("raise TypeError('b') from error", "cause", "direct cause"),
        ("raise TypeError('b')", "context", "During handling"),
    ],
)
def test_an_error_names_the_one_that_led_to_it(page, raised, link, words):
    error = page.error(f"try:\n    [][0]\nexcept IndexError as error:\n    {raised}")
    assert [(c["name"], c["link"]) for c in error["causes"]] == [
        ("IndexError", link),
        ("TypeError", None),
    ]
    assert [c["frames"][0]["line"] for c in error["causes"]] == [2, 4]
    assert (error["name"], error["value"]) == ("TypeError", "b")
    assert words in error["text"]


def test_a_chain_that_is_cut_has_one_error(page):
    error = page.error("try:\n    [][0]\nexcept IndexError:\n    raise TypeError('b') from None")
    assert [c["name"] for c in error["causes"]] == ["TypeError"]
    assert "IndexError" not in error["text"]


def test_errors_that_led_to_each_other_are_named_once(page):
    error = page.error(
        "a, b = ValueError('a'), ValueError('b')\na.__cause__ = b\nb.__cause__ = a\nraise a"
    )
    assert [c["value"] for c in error["causes"]] == ["b", "a"]


def test_notes_follow_the_message(page):
    error = page.error("e = ValueError('bad')\ne.add_note('one')\ne.add_note('two')\nraise e")
    assert error["value"] == "bad\none\ntwo"


def test_a_syntax_error_is_told_with_its_line(page):
    error = page.error("x = 1\nif x\n    y = 2")
    (cause,) = error["causes"]
    assert (error["name"], error["value"]) == ("SyntaxError", "expected ':'")
    (frame,) = cause["frames"]
    assert (frame["file"], frame["line"]) == ("<cell a>", 2)
    assert frame["code"][1] == [2, "if x"]
    assert error["text"].startswith('  File "<cell a>", line 2\n    if x\n')
    assert "x" not in page.names  # nothing of it ran


def test_a_syntax_error_in_a_text_shows_the_line_of_the_cell_too(page):
    (cause,) = page.error("x = 1\neval('1 +')")["causes"]
    places = [(frame["file"], frame["line"]) for frame in cause["frames"]]
    assert places == [("<cell a>", 2), ("<string>", 1)]
    assert cause["frames"][1]["code"] == []


def test_a_syntax_error_without_a_place_is_told(page):
    (cause,) = page.error("raise SyntaxError('by hand')")["causes"]
    assert (cause["value"], cause["frames"][0]["line"]) == ("by hand", 1)


def test_an_endless_recursion_is_told_in_few_lines(page):
    error = page.error("def f(n):\n    return f(n + 1)\nf(0)")
    assert error["name"] == "RecursionError"
    frames = error["causes"][0]["frames"]
    assert len(frames) == 40
    assert [frame["function"] for frame in frames[:2]] == ["<module>", "f"]
    assert frames[-1]["function"] == "f"
    assert error["text"].count("\n") < 50


def test_an_error_whose_message_fails_is_told(page):
    error = page.error(
        "class E(Exception):\n    def __str__(self): raise RuntimeError('no')\n"
        "e = E()\ne.add_note('a note')\nraise e"
    )
    assert error["name"] == "E"
    assert error["value"] == "<its message can't be made: RuntimeError>\na note"
    assert error["text"].endswith("E: <exception str() failed>\na note\n")


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("raise SystemExit", "SystemExit"),
        ("import sys\nsys.exit(3)", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("exit()", "SystemExit"),
    ],
)
def test_whatever_ends_a_program_ends_the_cell_alone(page, source, name):
    assert page.error(source)["name"] == name
    assert page.result("1") == {"text/plain": "1"}


def test_names_are_kept_after_an_error(page):
    page.error("kept = 1\n1 / 0\nlost = 2")
    assert page.result("kept, 'lost' in globals()") == {"text/plain": "(1, False)"}


@pytest.mark.parametrize("call", ["input()", "input('Your name? ')"])
def test_a_cell_that_asks_for_input_is_told_why_it_gets_none(page, call):
    error = page.error(call)
    assert error["name"] == "NoInputError"
    assert error["value"].startswith(
        "input() can't wait for a reader in this page: write the value"
    )


# ---------------------------------------------------------------- widgets


class Doubler(PageWidget):
    """A widget that answers a number with its double, and fails at texts."""

    kind = "doubler"

    def __init__(self):
        super().__init__(settings={"start": 1})
        self.on_msg(self._answer)

    def __repr__(self):
        return "Doubler()"

    def _answer(self, widget, content, buffers):
        if not isinstance(content, int):
            raise TypeError(f"a number, please; got {content!r}")
        self.send({"double": 2 * content}, [b"raw", b""])


@pytest.fixture
def widgets(page):
    page.names["Doubler"] = Doubler
    return page


def test_a_widget_is_described_and_answers(widgets):
    data = widgets.result("w = Doubler()\nw")
    assert data == {
        "text/plain": "Doubler()",
        MEDIA: {"number": 1, "kind": "doubler", "settings": {"start": 1}},
    }
    widgets.kernel.receive(1, 21)
    assert widgets.sent[-1] == {"type": "widget", "number": 1, "content": {"double": 42}}
    assert widgets.buffers[-1] == [b"raw", b""]


def test_each_widget_hears_its_own_messages(widgets):
    shown = widgets.run("display(Doubler())\nDoubler()")
    assert [m["data"][MEDIA]["number"] for m in shown] == [1, 2]
    assert [m["type"] for m in shown] == ["display", "result"]
    widgets.kernel.receive(2, 1)
    assert (widgets.sent[-1]["number"], widgets.sent[-1]["content"]) == (2, {"double": 2})


def test_a_widget_is_gone_when_its_cell_runs_again(widgets):
    widgets.run("Doubler()", "a")
    widgets.run("Doubler()", "b")
    assert widgets.result("Doubler()", "a")[MEDIA]["number"] == 3
    count = len(widgets.sent)
    widgets.kernel.receive(1, 21)
    widgets.kernel.receive(99, 21)
    assert len(widgets.sent) == count
    for number in (2, 3):
        widgets.kernel.receive(number, 21)
        assert widgets.sent[-1]["number"] == number


def test_an_error_in_a_widget_is_told_to_it(widgets):
    widgets.run("Doubler()")
    widgets.kernel.receive(1, "x")
    message = "TypeError: a number, please; got 'x'"
    assert widgets.sent[-1] == {"type": "widget-error", "number": 1, "message": message}
    widgets.kernel.receive(1, 2)  # it still answers
    assert widgets.sent[-1]["content"] == {"double": 4}


def test_a_widget_that_is_not_shown_speaks_to_nobody(widgets):
    widgets.run("w = Doubler()")
    widgets.names["w"].send({"lost": 1})
    widgets.names["w"].receive(3)
    assert [m["type"] for m in widgets.sent] == ["done"]


def test_the_book_has_no_anywidget_where_python_runs_in_a_page(monkeypatch):
    from nnbook.widget.live import live_class, mimebundle

    monkeypatch.setattr(sys, "platform", "emscripten")
    monkeypatch.delenv("NNBOOK_STORE_OUTPUTS", raising=False)
    live_class.cache_clear()
    try:
        widget = live_class("stepper")(settings={"a": 1})
    finally:
        live_class.cache_clear()
    assert isinstance(widget, PageWidget)
    assert widget.kind == "stepper"
    bundle = mimebundle("text", to_html=pytest.fail, to_widget=lambda: widget)
    assert bundle == {"text/plain": "text", MEDIA: widget}


# ---------------------------------------------------------------- what stands in for IPython


@pytest.fixture
def shims(page, monkeypatch):
    """Return a page that finds its own IPython, as in a browser."""
    for name in [name for name in sys.modules if name.split(".")[0] == "IPython"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(str(kernel_module.Path(kernel_module.__file__).parent / "modules"))
    yield page
    for name in [name for name in sys.modules if name.split(".")[0] == "IPython"]:
        monkeypatch.delitem(sys.modules, name)


def test_what_cells_use_of_ipython_is_there(shims):
    shown = shims.run(
        "from IPython.display import HTML, SVG, Markdown, display\ndisplay(HTML('<b>'), 2)"
    )
    assert [m.get("value") or m["data"].get("text/html") for m in shown] == ["<b>", None]
    assert shims.result("SVG('<svg/>')")["image/svg+xml"] == "<svg/>"
    assert shims.result("Markdown('*a*')")["text/markdown"] == "*a*"
    assert shims.result("import IPython\nIPython.get_ipython() is None") == {"text/plain": "True"}
