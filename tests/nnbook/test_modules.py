"""The joiner of scripts: what it makes runs, and what it does not know is refused."""

import json
import subprocess
from pathlib import Path

import pytest

from nnbook.sphinx.static_math import node_program
from nnbook.widget.modules import JoinError, as_module, as_script, imports

NNBOOK = Path(__file__).parents[2] / "nnbook"
SHARED = NNBOOK / "widget"
WIDGETS = ("explorer", "playground", "quiz", "stepper")
BRING_ALL_TO_LIFE = (SHARED / "page.js", NNBOOK / "live" / "widgets.js")


@pytest.fixture
def write(tmp_path):
    """Return a function that writes modules and returns the path of the first."""

    def write(**texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.js").write_text(text, encoding="utf-8")
        return tmp_path / f"{next(iter(texts))}.js"

    return write


def run(script, tmp_path, kind="commonjs"):
    """Run a script with Node.js and return what it prints."""
    file = tmp_path / f"joined.{'mjs' if kind == 'module' else 'cjs'}"
    file.write_text(script, encoding="utf-8")
    return subprocess.run(
        [node_program(), file], capture_output=True, text=True, encoding="utf-8", check=True
    ).stdout


def test_a_script_runs_with_all_that_it_imports(write, tmp_path):
    entry = write(
        main='import {\n  one,\n  two as zwei,\n} from "./part.js";\n'
        'import { Three } from "./deep.js";\nconsole.log(one, zwei(), new Three().value);\n',
        part='import { Three } from "./deep.js";\nexport const one = 1;\n'
        "export function two() {\n  return one + new Three().value;\n}\n",
        deep='console.log("once");\nexport class Three {\n  value = 3;\n}\n',
    )
    assert run(as_script(entry), tmp_path) == "once\n1 4 3\n"


def test_names_of_modules_do_not_meet(write, tmp_path):
    entry = write(
        main='import { get } from "./a.js";\nimport { get as other } from "./b.js";\n'
        'const own = "main";\nconsole.log(own, get(), other());\n',
        a='const own = "a";\nexport function get() {\n  return own;\n}\n',
        b='const own = "b";\nexport function get() {\n  return own;\n}\n',
    )
    assert run(as_script(entry), tmp_path) == "main a b\n"


def test_a_module_keeps_its_export(write, tmp_path):
    entry = write(
        main='import { add } from "./add.js";\nexport function render() {\n  return add(2);\n}\n'
        "export default { render };\n",
        add="export const add = (x) => x + 1;\n",
    )
    module = as_module(entry).replace("export default", "const widget =")
    assert run(f"{module}\nconsole.log(widget.render());", tmp_path, "module") == "3\n"


@pytest.mark.parametrize(
    "form",
    [
        'import everything from "./part.js";',
        'import * as part from "./part.js";',
        'import "./part.js";',
        'import { one } from "part";',
        "import { one } from './part.js';",
        'export { one } from "./part.js";',
        'export * from "./part.js";',
        "export { one };",
        "export let one = 1;",
        "export default function render() {}",
        'const part = await import("./part.js");',
        "const part = await import('./part.js');",
        "  const part = await import(`./part.js`);",
    ],
)
def test_an_unknown_form_is_refused_with_its_line(write, form):
    entry = write(main=f"const zero = 0;\n\n{form}\n", part="export const one = 1;\n")
    with pytest.raises(JoinError, match=r"main\.js, line 3: this form is not known: ") as caught:
        as_script(entry)
    assert form.rstrip(";") in str(caught.value)


def test_a_module_can_be_imported_by_its_address(write, tmp_path):
    entry = write(
        main='const address = new URL("./part.mjs", import.meta.url).href;\n'
        "const load = () => import(address);\nexport default { load };\n"
    )
    (tmp_path / "part.mjs").write_text("export const one = 1;\n", encoding="utf-8")
    module = as_module(entry).replace("export default", "const main =")
    script = f"{module}\nconsole.log((await main.load()).one);"
    assert run(script, tmp_path, "module") == "1\n"


def test_words_in_texts_and_comments_are_no_imports(write, tmp_path):
    text = '/* import from nowhere */\nconsole.log("export default");\n  // export let\n'
    assert run(as_script(write(main=text)), tmp_path) == "export default\n"


def test_comments_of_their_own_lines_stay_behind(write, tmp_path):
    entry = write(
        main="/* What it does,\n * on two lines. */\n\n/** @type {string} */\n"
        'const text = "/* kept */"; // kept\n  /** gone */\nconsole.log(text); /* kept */\n'
    )
    script = as_script(entry)
    assert script.count("/*") == 2
    assert "gone" not in script
    assert run(script, tmp_path) == "/* kept */\n"


def test_code_after_a_comment_stays_up_to_the_next_one(write, tmp_path):
    entry = write(main="/** @type {any} */ (console).log(1);\n\n/** gone */\nconsole.log(2);\n")
    assert run(as_script(entry), tmp_path) == "1\n2\n"


def test_a_folder_can_be_left_out(write, tmp_path):
    (tmp_path / "part").mkdir()
    (tmp_path / "part" / "one.js").write_text("export const one = 1;\n", encoding="utf-8")
    entry = write(main='import { one, one as two } from "./part/one.js";\nconsole.log(one, two);\n')
    assert run(as_script(entry), tmp_path) == "1 1\n"
    assert run(as_script(entry, without=[tmp_path / "part"]), tmp_path) == "undefined undefined\n"


@pytest.fixture
def vendored(write, tmp_path):
    """Return a module and the folder of one that it imports, which stays a file of its own."""
    (tmp_path / "package.json").write_text('{"type": "module"}')
    beside = tmp_path / "vendor"
    beside.mkdir()
    text = 'console.log("once");\nexport { two as one };\nconst two = 2;\n'  # any form
    (beside / "lib.js").write_text(text, encoding="utf-8")
    entry = write(
        main='import { one as first } from "./vendor/lib.js";\nimport { get } from "./part.js";\n'
        "export function render() {\n  return [first, get()];\n}\nexport default { render };\n",
        part='import { one } from "./vendor/lib.js";\nexport const get = () => one + 1;\n',
    )
    return entry, beside


def test_a_module_can_stay_a_file_beside_it(vendored, tmp_path):
    entry, beside = vendored
    module = as_module(entry, beside=beside)
    assert module.startswith('import * as $beside0 from "./vendor/lib.js";\n')
    assert "two" not in module
    script = module.replace("export default", "const widget =")
    script += "\nconsole.log(JSON.stringify(widget.render()));"
    assert run(script, tmp_path, "module") == "once\n[2,3]\n"


def test_without_a_folder_beside_it_all_is_joined(vendored):
    entry, _ = vendored
    with pytest.raises(JoinError, match=r"lib\.js, line 2: this form is not known"):
        as_module(entry)


def test_a_circle_is_refused(write):
    entry = write(
        main='import { a } from "./a.js";\n',
        a='import { b } from "./b.js";\nexport const a = 1;\n',
        b='import { a } from "./a.js";\nexport const b = 1;\n',
    )
    with pytest.raises(JoinError, match=r"in a circle: main\.js → a\.js → b\.js → a\.js"):
        as_script(entry)


def test_a_name_that_is_not_exported_is_refused(write):
    entry = write(main='import { two } from "./part.js";\n', part="export const one = 1;\n")
    with pytest.raises(JoinError, match=r"main\.js imports two, which part\.js does not export"):
        as_script(entry)


def test_a_module_that_is_missing_is_refused(write):
    with pytest.raises(JoinError, match=r"there is no module .*part\.js"):
        as_script(write(main='import { one } from "./part.js";\n'))


# ---------------------------------------------------------------- the book's scripts


@pytest.mark.parametrize("name", WIDGETS)
def test_every_widget_is_a_module_with_render(name, tmp_path):
    module = as_module(NNBOOK / name / f"{name}.js").replace("export default", "const widget =")
    script = f"{module}\nconsole.log(JSON.stringify(Object.keys(widget)));"
    assert json.loads(run(script, tmp_path, "module")) == ["render"]


def test_the_page_is_a_script_that_can_be_read(tmp_path):
    file = tmp_path / "page.cjs"
    file.write_text(as_script(SHARED / "page.js"), encoding="utf-8")
    subprocess.run([node_program(), "--check", file], check=True)


def test_the_script_of_live_pages_is_a_module_that_can_be_read(tmp_path):
    live = NNBOOK / "live"
    file = tmp_path / "live.mjs"
    file.write_text(as_module(live / "live.js", beside=live / "vendor"), encoding="utf-8")
    subprocess.run([node_program(), "--check", file], check=True)


def scripts():
    """Return the scripts of the book less its workers and what it has from others."""
    others = {NNBOOK / "live" / "vendor", NNBOOK / "live" / "libraries"}
    return [
        path
        for path in NNBOOK.rglob("*.js")
        if path.name != "worker.js" and path.parent not in others
    ]


@pytest.mark.parametrize("script", scripts(), ids=lambda path: path.stem)
def test_shared_scripts_know_no_widget_and_widgets_no_other(script):
    if script in BRING_ALL_TO_LIFE:
        return
    folders = {path.parent for path in imports(script)}
    assert folders <= {script.parent, script.parent / "vendor", SHARED}
