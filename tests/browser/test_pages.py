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
