"""Which cells of a page must have run before a cell, so that it shows what it always shows.

A cell needs the cells that bound the names it reads, and those that may have changed what the names
stand for since; and all that these need. No code is run to find this out: see `reading`. Where it
is not clear, a cell counts as needed: one run too many costs a second, one too few shows a wrong
number.

It does not see what a page changes behind its names: through attributes of its own classes and
defaults of its functions, in generators that run later, or in the methods of a class that break the
rules of `reading`, such as a ``predict`` that changes its model. Who writes such cells runs them in
their order, as in a notebook.
"""

from collections.abc import Sequence

from nnbook.live.reading import Read, read_cell

__all__ = ["needed_by"]


def needed_by(sources: Sequence[str]) -> list[list[int]]:
    """Find for every cell of a page the earlier cells that it needs.

    Parameters
    ----------
    sources : sequence of str
        The code of the cells in their order. One that is no Python needs nothing and binds nothing;
        one that may do anything, such as ``exec``, needs all above it, and all below it need it.

    Returns
    -------
    list of list of int
        Places in `sources`, ascending, each with what it needs itself.
    """
    cells: list[Read] = []
    closures: list[set[int]] = []
    known: dict[str, str] = {}
    for source in sources:
        cells.append(read_cell(source, known))
        direct = _direct(cells)
        closures.append(direct.union(*(closures[place] for place in direct)))
    return [sorted(closure) for closure in closures]


def _direct(cells):
    """Return the places of the cells that the last cell needs at first hand."""
    *before, cell = cells
    used = _used(cells)
    if cell.unclear:
        return set(range(len(before)))
    found = {place for place, each in enumerate(before) if each.setting or each.unclear}
    for name in _tied(used, before):
        for place in reversed(range(len(before))):
            if name in before[place].binds | before[place].changes:
                found.add(place)
            if name in before[place].surely:
                break
    return found


def _used(cells):
    """Return the names that the last cell reads, itself and in functions of the page.

    What these functions change, the cell changes.
    """
    cell = cells[-1]
    inner = {name: each for other in cells for name, each in other.inner.items()}
    names, fresh = set(), set(cell.reads)
    while fresh:
        names |= fresh
        called = [inner[name] for name in fresh if name in inner]
        cell.changes.update(*(each.changes for each in called))
        cell.unclear |= any(each.unclear for each in called)
        fresh = set().union(*(each.reads for each in called)) - names
    return names


def _tied(names, cells):
    """Return names, and those that may stand for the same objects."""
    found, size = set(names), 0
    while size < len(found):
        size = len(found)
        found.update(*(tie for cell in cells for tie in cell.ties if tie & found))
    return found
