"""The notebooks as they are stored: run in order, free of errors, complete, in short cells."""

import ast
import json
import re
from pathlib import Path
from statistics import median

import pytest
from IPython.core.inputtransformer2 import TransformerManager

ROOT = Path(__file__).parents[1]

OUTLINE = {
    "1_1_math_and_python": [
        "1.1.1 Vectors and matrices",
        "1.1.2 Elementwise operations",
        "1.1.3 Broadcasting",
        "1.1.4 Dot product, matrix product",
        "1.1.5 Shape checking",
    ],
    "1_2_inference": ["1.2.1 The whole picture of inference", "1.2.2 Layers as classes"],
    "1_3_training": [
        "1.3.1 Loss",
        "1.3.2 Derivatives and gradients",
        "1.3.3 Chain rule",
        "1.3.4 Computational graphs",
        "1.3.5 Gradients and backpropagation",
        "1.3.6 Weight update",
    ],
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
    assert headings[0].startswith(name[:3].replace("_", ".") + " ")
    assert [heading for heading in headings if heading in OUTLINE[name]] == OUTLINE[name]


def test_no_class_of_the_library_is_defined_again(notebook):
    assert {"Affine", "Sigmoid", "SGD"} <= LIBRARY_CLASSES
    for cell in code_cells(notebook):
        assert classes_defined(cell["source"]) & LIBRARY_CLASSES == set()


def test_code_cells_are_short(notebook):
    sources = [cell["source"] for cell in code_cells(notebook)]
    lengths = [sum(bool(line.strip()) for line in source.splitlines()) for source in sources]
    assert median(lengths) <= 4
    assert max(lengths) <= 20


def test_nothing_that_changes_with_each_run_is_stored(notebook):
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert notebook["metadata"]["language_info"] == {"name": "python"}
    for cell in code_cells(notebook):
        assert "execution" not in cell["metadata"]
        assert not TIMESTAMP.search(json.dumps(cell["outputs"])), cell["source"]
        assert not ADDRESS.search(json.dumps(cell["outputs"])), cell["source"]
