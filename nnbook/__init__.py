"""nnbook: what makes a book of `nnlib`: exercises, drawings, widgets and the pages.

A chapter imports what it needs by name, for example ``from nnbook.explorer import explore``. The
parts stand in this order: `source`, `exercises`, `mistakes`, `runs`, `records`, `study`; `drawing`;
`widget`; `explorer`, `stepper`, `playground`, `quiz`; `live`; `sphinx`. Each uses only those
before it, and `nnlib`.
"""
