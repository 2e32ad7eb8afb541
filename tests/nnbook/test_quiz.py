"""The quiz: files of questions are checked, their answers are computed, nothing is lost in HTML."""

import json
import math
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

import nnlib
from nnbook.quiz import Quiz
from nnbook.quiz.kinds import Choice, Number, QuestionError, Shape
from nnbook.quiz.questions import read_questions

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "nnbook" / "quiz" / "questions").glob("*.toml"))
CHAPTERS = {path.stem.replace("_", "."): read_questions(path) for path in FILES}
EVERY = [(chapter, each) for chapter, questions in CHAPTERS.items() for each in questions]
TYPED = [(chapter, each) for chapter, each in EVERY if each.kind != "choice"]
LIVE = "application/vnd.jupyter.widget-view+json"
# The sections that the questions of a file are about; of the summary, all of the book.
SECTIONS = {"1.3.1": r"1\.3\.[123]", "1.3.4": r"1\.3\.[45]", "1.6": r"1\.[1-5]\.\d"}
EXAMPLES = {"shape": [[8, 9], [8]], "number": [0.25]}  # in the words of the widget


def name_of(value):
    return getattr(value, "id", value)


# ---------------------------------------------------------------- the questions of the book


def test_the_first_chapters_have_questions():
    assert {"1.1", "1.2"} <= set(CHAPTERS)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_has_enough_questions_of_every_kind(chapter):
    questions = CHAPTERS[chapter]
    assert len(questions) >= (24 if chapter == "1.6" else 8)
    assert {each.kind for each in questions} == {"choice", "shape", "number"}


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_questions_are_about_their_chapter(chapter):
    about = SECTIONS.get(chapter, rf"{re.escape(chapter)}(\.\d)?")
    sections = [each.section for each in CHAPTERS[chapter]]
    assert [section for section in sections if not re.fullmatch(about, section)] == []


def test_no_two_questions_are_equal():
    texts = [" ".join(each.text.split()).lower() for _, each in EVERY]
    assert [text for text in set(texts) if texts.count(text) > 1] == []


@pytest.mark.parametrize(("chapter", "question"), TYPED, ids=name_of)
def test_an_answer_is_what_its_code_gives(chapter, question):
    computed = eval(question.code, {"np": np, "nnlib": nnlib, "math": math})
    assert question.accepts(computed, question.answer), computed


@pytest.mark.parametrize(("chapter", "question"), TYPED, ids=name_of)
def test_no_answer_is_given_away(chapter, question):
    is_shape = question.kind == "shape"
    written = str(tuple(question.answer) if is_shape else question.answer)
    if len(written) > 3:  # a short number may stand in a hint for another reason
        assert written not in question.hint
    assert question.answer not in EXAMPLES[question.kind]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_right_option_has_no_favourite_place(chapter):
    choices = [each for each in CHAPTERS[chapter] if each.kind == "choice"]
    places = [[option.right for option in each.options].index(True) for each in choices]
    assert len(set(places)) > 1


def test_every_word_is_plain_text():
    texts = [text for _, each in EVERY for text in strings(each.describe())]
    assert len(texts) > 100
    markup = re.compile(r"</?[a-z]+>|\\|\*\*|\]\(")
    assert [text for text in texts if markup.search(re.sub("`[^`]+`", "", text))] == []


def strings(value):
    """Return every text in what JSON can hold."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for part in parts for text in strings(part)]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_notebook_of_a_chapter_asks_its_questions(chapter):
    (path,) = (ROOT / "notebooks").glob(f"{chapter.replace('.', '_')}_[a-z]*.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    (cell,) = [cell for cell in cells if cell["id"] == "quiz"]
    assert "".join(cell["source"]).endswith(f'Quiz("{chapter}")')
    html = "".join("".join(each["data"]["text/html"]) for each in cell["outputs"])
    assert html == Quiz(chapter).to_html()


# ---------------------------------------------------------------- a file that is not as it must be

CHOICE = """
[[question]]
id = "a-choice"
section = "1.1.4"
kind = "choice"
text = "Is `1 < 2`?"
options = [
  { text = "Yes & no", right = true, why = "So `it` is." },
  { text = "No", why = "It is." },
  { text = "Never", why = "Always." },
]
"""
SHAPE = """
[[question]]
id = "a-shape"
section = "1.1.4"
kind = "shape"
text = "Which?"
answer = [4, 3]
code = "(4, 3)"
why = "So it is."
wrong = [{ answer = [3, 4], why = "Turned." }]
hint = "Count."
"""
NUMBER = """
[[question]]
id = "a-number"
section = "1.3"
kind = "number"
text = "How many?"
answer = 0.25
precision = 0.005
code = "1 / 4"
why = "So it is."
wrong = [{ answer = -4, why = "Turned." }]
hint = "Divide."
"""


@pytest.fixture
def read(tmp_path):
    """Return a function that reads questions from a text."""

    def read(text):
        (tmp_path / "q.toml").write_text(text, encoding="utf-8")
        return read_questions(tmp_path / "q.toml")

    return read


def test_a_file_of_all_kinds_is_read(read):
    choice, shape, number = read(CHOICE + SHAPE + NUMBER)
    assert isinstance(choice, Choice)
    assert isinstance(shape, Shape)
    assert isinstance(number, Number)
    assert {option.text for option in choice.options} == {"Yes & no", "No", "Never"}
    assert (shape.answer, shape.wrong[0].why) == ([4, 3], "Turned.")
    assert (number.answer, number.wrong[0].answer, number.decimals) == (0.25, -4, 2)


@pytest.mark.parametrize(
    ("form", "old", "new", "message"),
    [
        (CHOICE, 'kind = "choice"', "", "kind must be one of choice, shape, number; got None"),
        (CHOICE, '"choice"', '["choice"]', r"kind must be one of .*; got \['choice'\]"),
        (CHOICE, '"a-choice"', '"A choice"', "id must be lower-case words joined by -"),
        (CHOICE, '"1.1.4"', '"1.1.4.2"', "section must be like 1.1.4; got '1.1.4.2'"),
        (CHOICE, "right = true, ", "", "options must have exactly one with right = true; got 0"),
        (CHOICE, '"No",', '"No", right = true,', "exactly one with right = true; got 2"),
        (CHOICE, "right = true", "right = 1", "right must be a bool; got 1"),
        (CHOICE, '"Never"', '"No"', "the options' texts must differ"),
        (CHOICE, '  { text = "Never", why = "Always." },\n', "", "options must be 3 or 4; got 2"),
        (CHOICE, ', why = "It is."', "", r"an option must have the keys \['text', 'why'\]"),
        (CHOICE, '"It is."', '" "', "why must be plain text"),
        (CHOICE, "`1 < 2`", "`1 < 2", "text must be plain text, with `code` between two backticks"),
        (CHOICE, "`1 < 2`", "$1 < 2$", "text must be plain text"),
        (SHAPE, "kind", 'mood = "good"\nkind', "the question must have the keys"),
        (SHAPE, 'hint = "Count."', "", "the question must have the keys"),
        (SHAPE, "answer = [4, 3]", "answer = 4", "answer must be a list of whole numbers"),
        (SHAPE, "answer = [4, 3]", "answer = [4, -3]", "answer must be a list of whole numbers"),
        (SHAPE, "answer = [4, 3]", "answer = [4, true]", "answer must be a list of whole numbers"),
        (SHAPE, "[3, 4]", "[4, 3]", r"wrong must differ from the answer .*; got \[4, 3\]"),
        (SHAPE, '{ answer = [3, 4], why = "Turned." }', "", "wrong must hold 1 to 3 mistakes"),
        (SHAPE, '{ answer = [3, 4], why = "Turned." }', "3", "a mistake must be a table; got 3"),
        (NUMBER, "-4", "0.2549", "wrong must differ from the answer and from each other"),
        (NUMBER, "-4", "nan", "answer must be a number; got nan"),
        (NUMBER, "answer = 0.25", 'answer = "1/4"', "answer must be a number; got '1/4'"),
        (NUMBER, "= 0.005", "= -1", "precision must be a number that is not negative; got -1"),
        (NUMBER, "= 0.005", "= true", "precision must be a number that is not negative"),
        (NUMBER, "= 0.005", "= 0", "answer must be whole where the precision is 0; got 0.25"),
    ],
)
def test_a_slip_is_told_with_its_file_and_question(read, form, old, new, message):
    assert form.count(old) == 1
    other = SHAPE if form == CHOICE else CHOICE
    with pytest.raises(QuestionError, match=rf"^q\.toml, question 2: .*{message}"):
        read(other + form.replace(old, new))


def test_an_id_is_used_once(read):
    with pytest.raises(QuestionError, match="question 2: id must be used only once; got 'a-shape'"):
        read(SHAPE + SHAPE)


@pytest.mark.parametrize("text", ["[question]\n", "", 'title = "x"\n' + SHAPE])
def test_a_file_holds_questions_alone(read, text):
    with pytest.raises(QuestionError, match=r"q\.toml must hold \[\[question\]\] alone"):
        read(text)


def test_a_file_that_is_no_toml_is_told(read):
    with pytest.raises(QuestionError, match=r"q\.toml can't be read: .*line 2"):
        read("[[question]]\nid = row\n")


@pytest.mark.parametrize(
    ("precision", "decimals"),
    [("0.5", 0), ("0.05", 1), ("0.0005", 3), ("5e-7", 6), ("0.01", None), ("0.1", None)],
)
def test_the_precision_says_how_many_decimals(read, precision, decimals):
    (number,) = read(NUMBER.replace("0.005", precision))
    assert number.decimals == number.describe()["decimals"] == decimals


def test_a_number_is_accepted_to_its_precision_and_no_farther(read):
    (number,) = read(NUMBER)
    given = [0.2449, 0.245, 0.25, 0.255, 0.2551]
    assert [number.accepts(each, 0.25) for each in given] == [False, True, True, True, False]


# ---------------------------------------------------------------- the widget


class Text(HTMLParser):
    """The words of a page, and how often each element stands in it."""

    def __init__(self, html):
        super().__init__()
        self.words, self.tags = "", []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.words += data


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_without_a_script_everything_can_be_read(chapter):
    page = Text(Quiz(chapter).to_html())
    assert page.tags.count("details") == page.tags.count("summary") == len(CHAPTERS[chapter])
    assert not {"input", "button", "script"} & set(page.tags)
    for question in CHAPTERS[chapter]:
        described = question.describe()
        for name in ("kind", "id", "section", "hint"):
            described.pop(name, None)
        for text in strings(described):
            assert text.replace("`", "") in page.words


def test_what_the_script_gets_is_all_it_needs_and_no_code():
    html = Quiz("1.1").to_html()
    settings = json.loads(unescape(re.search(r'data-nn-settings="([^"]*)"', html)[1]))
    assert settings.pop("chunks") == {}
    assert settings == Quiz("1.1").to_widget().settings
    assert settings["questions"] == [each.describe() for each in CHAPTERS["1.1"]]
    assert not any("code" in each for each in settings["questions"])


def test_a_right_answer_is_marked_and_written_as_precisely_as_asked(read):
    quiz = Quiz("1.1")
    quiz.questions = read(CHOICE + SHAPE + NUMBER + NUMBER.replace("a-n", "b-n", 1))
    words = Text(quiz.to_html()).words
    letter = "abc"[[option.right for option in quiz.questions[0].options].index(True)]
    assert f"✓ {letter}: So it is." in words
    assert "✓ (4, 3): So it is.✗ (3, 4): Turned." in words
    assert "How many? (to 2 decimals)" in words
    html = quiz.to_html()
    assert "<p>Is <code>1 &lt; 2</code>?</p>" in html
    assert "<li>Yes &amp; no</li>" in html
    assert "✓ 0.25: So it is.✗ −4.00: Turned." in words


@pytest.mark.parametrize(
    ("precision", "answer", "asked"),
    [
        ("0", "250", "a whole number"),
        ("0.5", "250", "rounded to a whole number"),
        ("0.05", "0.2", "to 1 decimal"),
        ("0.01", "0.25", "within ±0.01"),
    ],
)
def test_a_reader_is_told_how_exact_a_number_must_be(read, precision, answer, asked):
    quiz = Quiz("1.1")
    number = NUMBER.replace("0.005", precision).replace("answer = 0.25", f"answer = {answer}")
    quiz.questions = read(number)
    words = Text(quiz.to_html()).words
    assert f"How many? ({asked})" in words
    assert f"✓ {answer}: " in words


def test_plain_text_asks_and_does_not_answer(monkeypatch):
    monkeypatch.setenv("NNBOOK_STORE_OUTPUTS", "1")
    bundle = Quiz("1.1")._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}
    text = bundle["text/plain"]
    assert text.startswith("Quiz 1.1: run this cell to answer the questions here.\n\n1. `sales`")
    assert max(map(len, text.splitlines())) <= 80
    flat = " ".join(text.split())
    for question in CHAPTERS["1.1"]:
        assert question.text in flat
        options = question.options if question.kind == "choice" else []
        assert all(option.text in flat for option in options)
        assert not any(option.why in flat for option in options)


def test_a_kernel_gets_the_live_quiz(monkeypatch):
    monkeypatch.delenv("NNBOOK_STORE_OUTPUTS", raising=False)
    bundle = Quiz("1.1")._repr_mimebundle_()
    assert LIVE in bundle
    assert bundle["text/plain"].startswith("Quiz 1.1:")
    assert "text/html" not in bundle


def test_a_chapter_that_is_not_there_is_told():
    with pytest.raises(ValueError, match=r"chapter must be one of 1\.1, .*; got '7\.1'"):
        Quiz("7.1")
    with pytest.raises(TypeError, match=r'chapter must be a text such as "1\.1"; got 1\.1'):
        Quiz(1.1)
