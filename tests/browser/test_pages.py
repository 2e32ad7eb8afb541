"""The built pages in a real browser: nothing from other hosts, no error, no sideways scroll."""


def names(built_book):
    """Return the addresses of all pages of the book, without the source listings."""
    paths = [built_book / "index.html", *sorted((built_book / "notebooks").glob("*.html"))]
    return [path.relative_to(built_book).as_posix() for path in paths]


PHONE = {"width": 390, "height": 844}


def test_pages_work_alone_and_fit_a_phone(built_book, visit):
    faults = {}
    for name in names(built_book):
        page = visit(name, viewport=PHONE)
        width = page.evaluate("document.documentElement.scrollWidth")
        if page.faults or width > PHONE["width"]:
            faults[name] = {"faults": page.faults, "width": width}
        page.close()
    assert faults == {}


def test_the_menu_opens_and_closes_on_a_phone(visit):
    page = visit("notebooks/glossary.html", viewport=PHONE)
    chapter = page.locator(".bd-sidebar-primary a", has_text="1.6 Summary").first
    assert not chapter.is_visible()
    page.locator("button.primary-toggle:visible").click()
    chapter.wait_for(state="visible")
    page.keyboard.press("Escape")
    chapter.wait_for(state="hidden")
    page.locator("button.primary-toggle:visible").click()
    chapter.click()
    page.wait_for_url("**/1_6_summary.html")
    page.close()


def test_displayed_formulas_fit_a_phone(built_book, visit):
    wide = {}
    for name in names(built_book):
        page = visit(name, viewport=PHONE)
        wide[name] = page.evaluate(
            """() => {
              for (const fold of document.querySelectorAll("details")) fold.open = true;
              const end = (each) => each.getBoundingClientRect().right;
              return [...document.querySelectorAll(".katex-display")]
                .filter((each) => {
                  const parts = [...each.querySelectorAll(".base")];
                  return Math.max(...parts.map(end)) > end(each) + 1;
                })
                .map((each) => each.textContent);
            }"""
        )
        page.close()
    assert {name: formulas for name, formulas in wide.items() if formulas} == {}


def test_the_parts_of_the_training_chapter_stay_light(built_book, visit):
    counts = {}
    for path in sorted((built_book / "notebooks").glob("1_3_*_*.html")):
        page = visit(f"notebooks/{path.name}")
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        for widget in page.locator("figure[data-nn-widget]").all():
            widget.scroll_into_view_if_needed()
            widget.locator(".nn-alive").wait_for()
        counts[path.stem] = page.evaluate("document.querySelectorAll('*').length")
        page.close()
    assert len(counts) == 3
    assert {name: count for name, count in counts.items() if count >= 15_000} == {}
