"""The notebooks as they are stored: run in order, free of errors, complete, in short cells."""

import ast
import copy
import json
import re
from pathlib import Path
from statistics import median

import pytest
from chapters import HEADING, SOLUTION, exercise_of
from IPython.core.inputtransformer2 import TransformerManager

ROOT = Path(__file__).parents[2]

OUTLINE = {
    "1_1_math_and_python": [
        "1.1.1 Vectors and matrices",
        "1.1.2 Elementwise operations",
        "1.1.3 Broadcasting",
        "1.1.4 Dot product, matrix product",
        "1.1.5 Shape checking",
    ],
    "1_2_inference": ["1.2.1 The whole picture of inference", "1.2.2 Layers as classes"],
    "1_3_1_loss_and_gradients": [
        "1.3.1 Loss",
        "1.3.2 Derivatives and gradients",
        "1.3.3 Chain rule",
    ],
    "1_3_4_backpropagation": [
        "1.3.4 Computational graphs",
        "1.3.5 Gradients and backpropagation",
    ],
    "1_3_6_weight_update": ["1.3.6 Weight update"],
    "1_4_spiral": [
        "1.4.1 The spiral dataset",
        "1.4.2 The network",
        "1.4.3 The training loop",
        "1.4.4 Trainer",
    ],
    "1_5_speed": ["1.5.1 Bit precision", "1.5.2 GPU (CuPy)"],
    "1_6_summary": ["1.6 Summary"],
}
NAMES = list(OUTLINE)
# How many widgets each section of the first two chapters has at least.
WIDGETS = {"1.1.1": 0, "1.1.2": 0, "1.1.3": 1, "1.1.4": 1, "1.1.5": 1, "1.2.1": 3, "1.2.2": 1}
MYST = re.compile(
    r"\{[\w:-]+\}`"  # a role
    r"|^\s*(?:`{3,}|~{3,}|:{3,})\s*\{"  # a directive
    r"|^:\w[\w-]*:"  # an option of one
    r"|^\([\w.-]+\)="  # a target
    r"|\]\([\w-]+\)"  # a link to a target
    r"|\[\]\(",  # a link whose text Sphinx would fill in
    re.MULTILINE,
)
TIMESTAMP = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
ADDRESS = re.compile(r"\bat 0x[0-9a-f]{6,}")
LIBRARY_CLASSES = {
    node.name
    for path in (ROOT / "nnlib").rglob("*.py")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    if isinstance(node, ast.ClassDef)
}


@pytest.fixture(params=NAMES)
def notebook(request):
    return json.loads((ROOT / "notebooks" / f"{request.param}.ipynb").read_text(encoding="utf-8"))


def code_cells(notebook):
    """Return the cells of code, each with its source as one string."""
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return [cell | {"source": "".join(cell["source"])} for cell in cells]


def tags(cell):
    """Return the tags of one cell."""
    return cell["metadata"].get("tags", [])


def is_folded(cell):
    """Tell whether a page shows the code of a cell only on request."""
    return bool({"hide-input", "remove-cell"}.intersection(tags(cell)))


def classes_defined(source):
    """Return the names of the classes that a code cell defines, IPython's magics allowed."""
    tree = ast.parse(TransformerManager().transform_cell(source))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}


def test_the_chapters_are_these():
    assert sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb")) == sorted(NAMES)


def test_every_cell_was_run_once_and_in_order(notebook):
    counts = [cell["execution_count"] for cell in code_cells(notebook)]
    assert counts
    assert counts == list(range(1, len(counts) + 1))


def test_no_error_and_no_stderr_is_stored(notebook):
    for cell in code_cells(notebook):
        kinds = [output["output_type"] for output in cell["outputs"]]
        assert ("error" in kinds) == ("raises-exception" in tags(cell)), cell["source"]
        assert [output for output in cell["outputs"] if output.get("name") == "stderr"] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_headings_of_the_outline_are_there(name):
    cells = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    text = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    text = re.sub(r"^(`{3,}|~{3,}).*?^\1", "", text, flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ +(.*?) *$", text, flags=re.MULTILINE)
    assert headings[0].startswith(name[:3].replace("_", "."))
    assert [heading for heading in headings if heading in OUTLINE[name]] == OUTLINE[name]


def test_no_class_of_the_library_is_defined_again(notebook):
    assert {"Affine", "Sigmoid", "SGD"} <= LIBRARY_CLASSES
    for cell in code_cells(notebook):
        assert classes_defined(cell["source"]) & LIBRARY_CLASSES == set()


def test_code_cells_are_short(notebook):
    shown = [cell["source"] for cell in code_cells(notebook) if not is_folded(cell)]
    lengths = [sum(bool(line.strip()) for line in source.splitlines()) for source in shown]
    assert median(lengths) <= 8
    assert max(lengths) <= 24


def test_code_that_a_page_folds_is_folded_in_jupyter_too(notebook):
    folded = [cell for cell in code_cells(notebook) if "hide-input" in tags(cell)]
    assert folded
    assert all(cell["metadata"]["jupyter"]["source_hidden"] for cell in folded)


def test_lines_of_code_fit_a_page(notebook):
    lines = [line for cell in code_cells(notebook) for line in cell["source"].splitlines()]
    assert [line for line in lines if len(line) > 80] == []


def test_text_is_markdown_that_every_reader_knows(notebook):
    texts = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    assert {cell["id"]: found for cell in texts if (found := myst("".join(cell["source"])))} == {}


def myst(text):
    """Return what only MyST understands in a text, which elsewhere stays as raw letters."""
    fenced = re.sub(r"^(`{3,}|~{3,})\w*\n.*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)
    return MYST.findall(re.sub(r"(?<!\})`[^`\n]+`", "", fenced))


@pytest.mark.parametrize(
    "text",
    [
        "see {ref}`sec-1-1-4`",
        "the class {py:class}`Affine <nnlib.layers.Affine>`",
        "```{exercise} Title\n:label: ex-1\n```",
        ":::{note}\ntext\n:::",
        "(sec-1-1)=\n## 1.1",
        "as in [1.3.3](sec-1-3-3)",
        "see [](1_2_inference.ipynb)",
    ],
)
def test_myst_is_found_in_a_text(text):
    assert myst(text)


def test_plain_markdown_is_no_myst():
    text = """## A [link](1_2_inference.ipynb#1.2.2-Layers-as-classes) and $x_{ij}$

```python
grads = {"a": `b`}
```

The set `{1}` and `f(x)[0](y)`, <details>, $$\\begin{pmatrix} 1 \\end{pmatrix}$$"""
    assert myst(text) == []


def test_nothing_that_changes_with_each_run_is_stored(notebook):
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert notebook["metadata"]["language_info"] == {"name": "python"}
    for cell in code_cells(notebook):
        assert "execution" not in cell["metadata"]
        assert not TIMESTAMP.search(json.dumps(cell["outputs"])), cell["source"]
        assert not ADDRESS.search(json.dumps(cell["outputs"])), cell["source"]


# ---------------------------------------------------------------- what a section must have


def section(number):
    """Return the cells of one section, from its heading to the next one."""
    name = next(name for name in NAMES if any(h.startswith(number) for h in OUTLINE[name]))
    cells = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    found, inside = [], False
    for cell in cells:
        text = "".join(cell["source"])
        heading = re.search(r"^## (\S+)", text, flags=re.MULTILINE)
        if cell["cell_type"] == "markdown" and heading:
            inside = heading[1] == number
        if inside:
            found.append(cell | {"source": text})
    return found


def shown(cell, kind):
    """Return everything of one kind that a cell has stored."""
    outputs = cell.get("outputs", [])
    texts = [
        o.get("text", "") if kind == "stream" else o.get("data", {}).get(kind, "") for o in outputs
    ]
    return "".join("".join(text) for text in texts)


def faults(cells, widgets):
    """Say what a section lacks of exercises, solutions, pictures and widgets."""
    texts = [cell["source"] for cell in cells if cell["cell_type"] == "markdown"]
    labels = [exercise_of(number) for text in texts for number in HEADING.findall(text)]
    solutions = {
        cell["id"].removesuffix("-solution"): "\n```python\n" in cell["source"]
        for cell in cells
        if SOLUTION.fullmatch(cell["source"])
    }
    html = [shown(cell, "text/html").count("data-nn-widget=") for cell in cells]
    pictures = [cell for cell in cells if shown(cell, "image/svg+xml")]
    words = [
        cell["metadata"].get("mystnb", {}).get("image", {}).get("alt", "") for cell in pictures
    ]
    found = {
        "no exercise": not labels,
        "an exercise without a solution": set(labels) - set(solutions),
        "a solution without an exercise": set(solutions) - set(labels),
        "a solution without code": not all(solutions.values()),
        "no picture": not pictures,
        "a picture without words": not all(len(alt.split()) >= 8 for alt in words),
        "a picture's code in sight": not all("hide-input" in tags(cell) for cell in pictures),
        "a widget is missing": sum(html) < widgets,
    }
    return [fault for fault, there in found.items() if there]


@pytest.mark.parametrize("number", WIDGETS)
def test_a_section_has_exercises_solutions_pictures_and_widgets(number):
    assert faults(section(number), WIDGETS[number]) == []


def edited(cells, change):
    """Return a copy of cells after `change` was called with each; those it returns True for go."""
    cells = copy.deepcopy(cells)
    return [cell for cell in cells if not change(cell)]


PLANTED = {
    "no exercise": lambda cell: HEADING.search(cell["source"]) or cell["id"].endswith("-solution"),
    "an exercise without a solution": lambda cell: cell["id"] == "ex-1-1-3-b-solution",
    "a solution without an exercise": lambda cell: "Exercise 1.1.3-b" in cell["source"],
    "a solution without code": lambda cell: (
        cell["id"] == "ex-1-1-3-b-solution"
        and cell.update(source=cell["source"].replace("```python", "```"))
    ),
    "no picture": lambda cell: shown(cell, "image/svg+xml"),
    "a picture without words": lambda cell: cell["metadata"].pop("mystnb", None) and False,
    "a picture's code in sight": lambda cell: (
        shown(cell, "image/svg+xml") and cell["metadata"].pop("tags") and False
    ),
    "a widget is missing": lambda cell: "explore(" in cell["source"],
}


@pytest.mark.parametrize("fault", PLANTED)
def test_each_fault_of_a_section_is_found(fault):
    assert faults(edited(section("1.1.3"), PLANTED[fault]), 1) == [fault]


NEXT = {"1_1_math_and_python": "1_2_inference.ipynb", "1_2_inference": "1_3_training.md"}


@pytest.mark.parametrize("name", NEXT)
def test_a_chapter_opens_with_its_aims_and_closes_with_five_lines_and_a_link(name):
    cells = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    first, last = "".join(cells[0]["source"]), "".join(cells[-1]["source"])
    assert "After this chapter you can\n\n- " in first
    assert "You need " in first
    assert re.search(r"Plan about \d+ minutes", first)
    assert last.startswith("## Summary")
    assert len(re.findall(r"^- ", last, flags=re.MULTILINE)) == 5
    assert f"({NEXT[name]})" in last
    exercises = sum(len(HEADING.findall("".join(cell["source"]))) for cell in cells)
    assert exercises == 11
    assert "eleven exercises" in first
