"""What a figure shows, and how a control of it is moved by keyboard."""

PICTURE = """figure => [
    figure.querySelector(".nn-picture, .nn-view")?.innerHTML,
    ...[...figure.querySelectorAll("canvas")].map(canvas => canvas.toDataURL()),
].join()"""


def keys_for(control):
    kind = control.evaluate("each => each.type")
    if kind == "checkbox":
        return ["Space"]
    end = control.evaluate("each => +each.value >= +each.max || each.selectedIndex > 0")
    return ["ArrowLeft", "ArrowUp"] if end else ["ArrowRight", "ArrowDown"] * 3


def picture_changes(figure, control, key):
    before = figure.evaluate(PICTURE)
    control.focus()
    control.press(key)
    try:
        figure.page.wait_for_function(
            f"([figure, before]) => ({PICTURE})(figure) !== before",
            arg=[figure.element_handle(), before],
            timeout=2000,
        )
    except Exception as error:
        if "Timeout" not in type(error).__name__:
            raise
        return False
    return True
