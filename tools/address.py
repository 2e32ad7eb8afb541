"""Write the address of the book's repository wherever it stands: settings, notebooks, documents.

    python tools/address.py                                # say which address it is now
    python tools/address.py https://github.com/you/book    # write another

`_config.yml` holds the address. Where another file names it, the new one is written instead.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONFIG = "_config.yml"
# Every file that may name the repository; patterns of pathlib.
FILES = [CONFIG, "CITATION.cff", "*.md", "notebooks/*.ipynb", "notebooks/*.md", "ko/**/*.md"]
FORM = re.compile(r"https://github\.com/[\w-]+/[\w.-]*[\w-]")  # Colab opens nothing else
SETTING = re.compile(r"^repository:.*\n(?: .*\n)*?  url: (\S+)$", re.MULTILINE)


def current(root=ROOT):
    """Return the address that the settings of the book name."""
    found = SETTING.search((root / CONFIG).read_text(encoding="utf-8"))
    if not found or not FORM.fullmatch(found[1]):
        raise ValueError(f"{CONFIG} must name the repository: url: https://github.com/you/book")
    return found[1]


def places(root=ROOT):
    """Return the files that may name the address."""
    return sorted({path for pattern in FILES for path in root.glob(pattern)})


def write(new, root=ROOT):
    """Write a new address in place of the old one and return the files that changed."""
    new = new.removesuffix("/").removesuffix(".git")
    if not FORM.fullmatch(new):
        raise ValueError(f"the address must be like https://github.com/you/book; got {new!r}")
    old = re.compile(re.escape(current(root)) + r"(?![\w-]|\.\w)")  # no longer name that begins so
    changed = []
    for path in places(root):
        text = path.read_text(encoding="utf-8")
        renewed = old.sub(new, text)
        if renewed != text:
            path.write_text(renewed, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed


def main():
    """Print the address, or write the one on the command line."""
    try:
        for path in write(sys.argv[1]) if sys.argv[1:] else []:
            print(f"{path.relative_to(ROOT)} has the new address")
        print(f"The repository is {current()}")
    except ValueError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
