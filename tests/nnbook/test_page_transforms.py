"""The extensions that turn plain markdown into pages: boxes, numbers, anchors, links."""

import hashlib
import json
from types import SimpleNamespace

import pytest
from docutils import nodes
from sphinx.errors import ExtensionError

from nnbook.sphinx import api_links, exercise_boxes, figure_numbers, headings, light_html
from nnbook.sphinx.cell_ids import Cell


def section(title, *children):
    """Return a section with a title, and its id as docutils makes it."""
    made = nodes.section("", nodes.title("", title), *children)
    made["ids"] = [nodes.make_id(title)]
    return made


def cell(name):
    return Cell("", nodes.literal_block("", name), cell_id=name)


def html(text):
    return nodes.raw(text, text, format="html")


def paragraph(text):
    return nodes.paragraph("", text)


def document(*children):
    made = nodes.document(None, None)
    made.extend(children)
    return made


# ---------------------------------------------------------------- exercises


def exercise(number="1.3.4-d", *after):
    name = f"ex-{number.replace('.', '-')}"
    return section(
        f"Exercise {number} · Samples as columns",
        paragraph("Write it."),
        code_cell(0, f"{name}-answer"),
        code_cell(2, f"{name}-check"),
        html("<details>\n<summary>Solution</summary>"),
        paragraph("By shapes."),
        html("</details>"),
        *after,
    )


def code_cell(index, name):
    """Return a code cell as myst-nb leaves it, before it has its id."""
    shown = nodes.literal_block("", name)
    return nodes.container("", shown, nb_element="cell_code", cell_index=index)


SOURCES = ["x = ...", "Words", ["check(\n", "x)"], "later = 1"]


@pytest.fixture
def boxed(tmp_path):
    """Return a function that boxes the exercises of a page of a notebook with these sources."""

    def boxed(*children, sources=SOURCES):
        path = tmp_path / "page.ipynb"
        path.write_text(json.dumps({"cells": [{"source": source} for source in sources]}))
        env = SimpleNamespace(docname="page", doc2path=lambda name: path)
        made = document(*children)
        exercise_boxes.box_exercises(SimpleNamespace(env=env), made)
        return made

    return boxed


def test_an_exercise_is_a_box_with_its_number_as_id(boxed):
    (box,) = boxed(exercise()).children
    assert box["classes"] == ["nn-exercise"]
    assert box["ids"] == ["ex-1-3-4-d", "exercise-1-3-4-d-samples-as-columns"]
    assert box[0].astext() == "Exercise 1.3.4-d · Samples as columns"
    assert box[0]["heading-level"] == 4
    assert box[-1].astext() == "</details>"


def test_what_follows_an_exercise_stays_outside_of_its_box(boxed):
    later = [paragraph("After."), html("<details>"), html("</details>"), cell("next")]
    box, text, *_, more = boxed(exercise("1.6-a", *later)).children
    assert box["ids"][0] == "ex-1-6-a"
    assert len(box) == len(exercise())
    assert text.astext() == "After."
    assert more["cell_id"] == "next"


def test_other_sections_are_left_alone(boxed):
    before = section("Exercise for the mind", paragraph("Run."))
    (after,) = boxed(before).children
    assert after is before


def test_an_exercise_without_a_solution_stops_the_build(boxed):
    broken = exercise()
    broken.pop()
    with pytest.raises(ExtensionError, match=r"1\.3\.4-d has no solution in <details>"):
        boxed(broken)


def test_a_box_names_the_edition_of_its_code(boxed):
    def edition(*sources):
        (box,) = boxed(exercise(), sources=sources).children
        return box["edition"]

    (box,) = boxed(exercise()).children
    assert box["exercise"] == "1.3.4-d"
    expected = hashlib.sha256(b"x = ...\ncheck(\nx)").hexdigest()[:8]
    assert box["edition"] == expected
    assert edition("x = ...", "Other words", "check(\nx)") == expected
    assert edition("x = ....", "Words", "check(\nx)") != expected
    assert edition("x = ...", "Words", "check(\ny)") != expected


# ---------------------------------------------------------------- anchors and numbers


def test_an_anchor_is_that_of_jupyter():
    assert headings.slug("1.3.4 Computational graphs") == "1.3.4-Computational-graphs"
    assert headings.slug("`np.dot` & λ") == "`np.dot`-&-λ"


def test_a_numbered_section_keeps_an_id_when_its_title_changes():
    made = document(section("1.3.4 Computational graphs", section("Addition node")))
    headings.add_numbers(None, made)
    outer, inner = made.findall(nodes.section)
    assert outer["ids"] == ["computational-graphs", "sec-1-3-4"]
    assert inner["ids"] == ["addition-node"]


def test_figures_are_numbered_within_their_section():
    captions = [nodes.caption("", text) for text in "abc"]
    widget = html("<figure><p>still</p><figcaption>w</figcaption></figure>")
    figures = [nodes.figure("", caption) for caption in captions]
    first = section("1.3.4 Graphs", figures[0], section("Addition", widget, figures[1]))
    made = document(section("1.3 Training", first, section("1.3.5 Layers", figures[2])))
    figure_numbers.number_figures(None, made)
    assert [caption.astext() for caption in captions] == [
        "Fig. 1.3.4-1 a",
        "Fig. 1.3.4-3 b",
        "Fig. 1.3.5-1 c",
    ]
    (raw,) = made.findall(nodes.raw)
    assert '<figcaption><span class="nn-number">Fig. 1.3.4-2</span> w<' in raw.astext()


def test_a_figure_outside_of_numbered_sections_keeps_its_caption():
    caption = nodes.caption("", "a")
    figure_numbers.number_figures(None, document(section("Foreword", nodes.figure("", caption))))
    assert caption.astext() == "a"


# ---------------------------------------------------------------- links to the library

OBJECTS = {
    name: SimpleNamespace(objtype=kind, docname="notebooks/api", node_id=name)
    for name, kind in {
        "nnlib.layers": "module",
        "nnlib.layers.Affine": "class",
        "nnlib.layers.Affine.forward": "method",
        "nnlib.models.Sequential.params": "property",
        "nnbook.quiz.Quiz": "class",
    }.items()
}


def linked(*children, page="notebooks/1_2_inference"):
    made = document(*children)
    builder = SimpleNamespace(get_relative_uri=lambda page, target: f"{target}.html")
    env = SimpleNamespace(domaindata={"py": {"objects": OBJECTS}})
    api_links.link_names(SimpleNamespace(builder=builder, env=env), made, page)
    return {each.astext(): each["refuri"] for each in made.findall(nodes.reference)}, made


def code(*texts):
    return nodes.paragraph("", "", *(nodes.literal("", text) for text in texts))


def test_names_of_the_library_are_links():
    found, _ = linked(section("A", code("Affine", "nnlib.layers.Affine", "Affine.forward()", "x")))
    address = "notebooks/api.html#nnlib.layers.Affine"
    assert found == {"Affine": address, "Affine.forward()": f"{address}.forward"}


def test_a_name_is_a_link_once_in_each_section():
    texts = code("Affine", "Affine")
    _, made = linked(section("A", texts, section("B", code("layers.Affine"))))
    assert [each.astext() for each in made.findall(nodes.reference)] == ["Affine", "layers.Affine"]


def test_names_of_others_titles_and_links_are_left_alone():
    title = nodes.title("", "", nodes.literal("", "Affine"))
    link = nodes.reference("", "", nodes.literal("", "Affine"), refuri="elsewhere")
    made = nodes.section(
        "", title, nodes.paragraph("", "", link), code("Quiz", "Sequential.params")
    )
    assert linked(made)[0] == {"Affine": "elsewhere"}


def test_the_reference_page_does_not_link_to_itself():
    assert linked(section("A", code("Affine")), page="notebooks/api")[0] == {}


# ---------------------------------------------------------------- fewer elements


def test_code_loses_the_spans_that_have_no_colour_of_their_own():
    before = '<span class="n">x</span><span class="w"> </span><span class="o">=</span>'
    assert light_html.unwrap(before) == 'x <span class="o">=</span>'
    assert light_html.unwrap('<span class="nb">print</span>') == '<span class="nb">print</span>'
