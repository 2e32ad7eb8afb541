"""Which cells a cell needs: many small pages, which are also run, and the whole book."""

import contextlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from needs_proof import FOLDER, SKIPPED, SLOW, code_cells

from nnbook.live.needs import needed_by

LONG = {"1_3_6_weight_update", "1_5_speed"}  # they train for long: only where all is proven
CHAPTERS = sorted(path.stem for path in FOLDER.glob("*.ipynb"))
ALL = os.environ.get("NNBOOK_NEEDS") == "all"
SAMPLE = "1" if ALL else "7"
QUICK = CHAPTERS if ALL else [name for name in CHAPTERS if name not in LONG]
NUMPY = "import numpy as np"
LAYERS = "import numpy as np\nfrom nnlib import SGD, Affine, Layer, Sequential, SoftmaxWithLoss"

# What the last cell of a page needs at least.
NAMES = {
    "a name that is read": (["a = 1", "b = 2", "print(a)"], [0]),
    "what bound it needs": (["a = 1", "b = 2", "c = a + 1", "print(c)"], [0, 2]),
    "the last cell that bound it": (["a = 1", "a = 2", "print(a)"], [1]),
    "nothing for a name of its own": (["a = 1", "a = 2\nprint(a)"], []),
    "what it reads before it binds": (["a = 1", "a = a + 1\nprint(a)"], [0]),
    "nothing for a built-in name": (["a = 1", "print(len([1]))"], []),
    "a built-in name that is bound": (["len = max", "a = 1", "print(len([1]))"], [0]),
    "an import": (["import math", "import re", "print(math.pi)"], [0]),
    "an import from": (["from math import pi as p", "pi = 3", "print(p)"], [0]),
    "an augmented assignment": (["a = 1", "b = 1", "a += 1", "print(a)"], [0, 2]),
    "parts of a tuple": (["a, b = 1, 2", "b = 3", "print(a)"], [0]),
    "a starred name": (["a, *b = 1, 2, 3", "a = 1", "print(b)"], [0]),
    "del of a part": (["a = [1, 2]", "b = 2", "del a[0]", "print(a)"], [0, 2]),
    "a name that was deleted": (
        ["a = 1", "del a", "b = 2", "try:\n    print(a)\nexcept NameError:\n    print('none')"],
        [0, 1],
    ),
    "a walrus": (["print(a := 1)", "b = 1", "print(a)"], [0]),
    "a walrus that is perhaps not reached": (["a = 1", "1 or (a := 2)", "print(a)"], [0, 1]),
    "a walrus in a comprehension": (["[a := i for i in range(3)]", "i = 1", "print(a)"], [0]),
    "names of a comprehension are its own": (["a = 1", "print([a for a in range(3)])"], []),
    "what a comprehension reads": (["a = 1", "b = [2]", "print([a for _ in b])"], [0, 1]),
    "an annotated name": (["a: int = 1", "b = 1", "print(a)"], [0]),
    "an annotation": (["A = int", "a: A = 1", "print(a)"], [0, 1]),
    "an annotation alone binds nothing": (["a = 1", "a: int", "print(a)"], [0]),
    "a local annotation is not evaluated": (
        ["def f():\n    a: B = 1\n    return a", "print(f())"],
        [0],
    ),
    "a text with values": (["a = 1", "b = 2", "print(f'{a}')"], [0]),
}
WAYS = {
    "if: both": (["a = 1", "b = 2", "if b > 1:\n    a = 3", "print(a)"], [0, 1, 2]),
    "if and else: no earlier one": (
        ["a = 1", "if 2 > 1:\n    a = 3\nelse:\n    a = 4", "print(a)"],
        [1],
    ),
    "a loop that perhaps never runs": (["a = 1", "for i in []:\n    a = 2", "print(a)"], [0, 1]),
    "the name of a loop in the loop": (["for i in [1]: pass", "for i in [2]: print(i)"], []),
    "the name of a loop after it": (["i = 1", "for i in []: pass", "print(i)"], [0, 1]),
    "while": (["a = 1", "while a < 3:\n    a += 1", "b = 1", "print(a)"], [0, 1]),
    "break": (["a = 1", "for _ in [1]:\n    a = 2\n    break\n    a = 3", "print(a)"], [0, 1]),
    "a value from the round before": (
        [
            "x = [1]",
            "a = b = None\nfor _ in range(3):\n    a = b\n    b = x",
            "a.append(2)",
            "print(x)",
        ],
        [0, 1, 2],
    ),
    "try": (["a = 1", "try:\n    a = 2\nexcept ValueError:\n    pass", "print(a)"], [0, 1]),
    "try: all ways bind": (
        ["a = 1", "try:\n    a = 2\nexcept ValueError:\n    a = 3", "print(a)"],
        [1],
    ),
    "try: a body that is left": (
        ["a = 1", "try:\n    1 / 0\n    a = 2\nexcept ZeroDivisionError:\n    pass", "print(a)"],
        [0, 1],
    ),
    "finally": (["a = 1", "try:\n    pass\nfinally:\n    a = 2", "print(a)"], [1]),
    "the name of an error": (["try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    print(e)"], []),
    "with": (
        ["import io", "a = 1", "with io.StringIO('x') as file:\n    b = file.read()", "print(b)"],
        [0, 2],
    ),
    "with: the body may be left": (
        [
            "from contextlib import suppress",
            "a = 1",
            "with suppress(ZeroDivisionError):\n    1 / 0\n    a = 2",
            "print(a)",
        ],
        [0, 1, 2],
    ),
    "match": (["a = [1, 2]", "b = 3", "match a:\n    case [c, *d]: pass", "print(c, d)"], [0, 2]),
    "match: another case": (
        ["a = [1]", "b = 0", "match a:\n    case {'k': b}: pass", "print(b)"],
        [0, 1, 2],
    ),
    "a part of a match is the same object": (
        ["a = [[1]]", "match a:\n    case [c]: c.append(2)", "b = 1", "print(a)"],
        [0, 1],
    ),
    "a choice of two objects": (
        ["a, b = [1], [2]", "c = a if len(b) > 1 else b", "c.append(3)", "print(b)"],
        [0, 1, 2],
    ),
}
FUNCTIONS = {
    "what a function reads when it is called": (
        ["def f():\n    return a", "a = 1", "a = 2", "b = 1", "print(f())"],
        [0, 2],
    ),
    "nothing for a definition": (["a = 1", "def f():\n    return a", "print(1)"], []),
    "a definition alone needs nothing": (["a = 1", "def f():\n    return a"], []),
    "what a function called by it reads": (
        ["def f():\n    return a", "def g():\n    return f()", "a = 1", "b = 1", "print(g())"],
        [0, 1, 2],
    ),
    "parameters hide names": (["x = 1", "def f(x):\n    return x", "print(f(2))"], [1]),
    "locals hide names": (["x = 1", "def f():\n    x = 2\n    return x", "print(f())"], [1]),
    "a default is read at the definition": (
        ["a = 1", "def f(x=a):\n    return x", "a = 2", "print(f())"],
        [0, 1],
    ),
    "a default that is changed": (
        [
            "def f(x, seen=[]):\n    seen.append(x)\n    return len(seen)",
            "f(1)",
            "b = 1",
            "print(f(2))",
        ],
        [0, 1],
    ),
    "a keyword-only default": (
        ["a = 1", "def f(*, x=a):\n    return x", "b = 1", "print(f())"],
        [0, 1],
    ),
    "an annotation of a parameter": (["A = int", "def f(x: A): ..."], [0]),
    "a decorator": (
        [
            "def twice(f):\n    return lambda: 2 * f()",
            "b = 1",
            "@twice\ndef f():\n    return 1",
            "print(f())",
        ],
        [0, 2],
    ),
    "what a decorated function reads": (
        [
            "import functools",
            "@functools.cache\ndef f():\n    return a",
            "a = 1",
            "b = 1",
            "print(f())",
        ],
        [0, 1, 2],
    ),
    "a lambda": (["a = 1", "f = lambda: a", "b = 1", "print(f())"], [0, 1]),
    "a nested function": (
        [
            "def f():\n    def g():\n        return a\n    return g",
            "a = 1",
            "b = 1",
            "print(f()())",
        ],
        [0, 1],
    ),
    "a closure that remembers": (
        [
            "def counter():\n    n = []\n    def count():\n        n.append(1)\n"
            "        return len(n)\n    return count",
            "count = counter()",
            "count()",
            "b = 1",
            "print(count())",
        ],
        [0, 1, 2],
    ),
    "nonlocal": (
        [
            "def counter():\n    n = [0]\n    def count():\n        nonlocal n\n"
            "        n = n + [1]\n        return n\n    return count",
            "count = counter()",
            "count()",
            "print(count())",
        ],
        [0, 1, 2],
    ),
    "global": (
        ["a = 1", "def f():\n    global a\n    a = 2", "f()", "b = 1", "print(a)"],
        [0, 1, 2],
    ),
    "global, not called": (["a = 1", "def f():\n    global a\n    a = 2", "print(a)"], [0]),
    "a function that is handed on": (
        ["a = 1", "def f(x):\n    return a * x", "b = 1", "print(list(map(f, [1, 2])))"],
        [0, 1],
    ),
    "a key of sorted": (["a = -1", "b = 1", "print(sorted([1, 2], key=lambda x: a * x))"], [0]),
    "recursion": (
        ["def f(n):\n    return a if n == 0 else f(n - 1)", "a = 1", "b = 1", "print(f(3))"],
        [0, 1],
    ),
    "arguments by star": (
        [
            "x = [1]",
            "def f(p, q):\n    q.append(2)",
            "args = [[0], x]",
            "f(*args)",
            "b = 1",
            "print(x)",
        ],
        [0, 1, 2, 3],
    ),
    "arguments by name": (
        ["x = [1]", "y = [1]", "def f(p, q):\n    q.append(2)", "f(q=x, p=y)", "print(y)"],
        [1],
    ),
    "a generator runs where it is used": (
        [
            "a = [1]",
            "def f():\n    a.append(2)\n    yield a",
            "g = f()",
            "list(g)",
            "b = 1",
            "print(a)",
        ],
        [0, 1, 2, 3],
    ),
    "a generator expression too": (
        ["a = [1]", "g = (a.append(i) for i in [2])", "list(g)", "b = 1", "print(a)"],
        [0, 1, 2],
    ),
}
CHANGES = {
    "an index": (["a = [1]", "b = 1", "a[0] = 2", "print(a)"], [0, 2]),
    "an attribute": (
        ["class A: pass", "a = A()", "b = A()", "a.x = 1", "print(a.x)"],
        [0, 1, 3],
    ),
    "a method": (["a = [1]", "b = [1]", "a.append(2)", "print(a)"], [0, 2]),
    "a method of another object": (["a = [1]", "b = [1]", "b.append(2)", "print(a)"], [0]),
    "a method that only looks": (["a = [1]", "a.index(1)", "a.count(1)", "print(a)"], [0]),
    "a method of a text": (["a = 'x'", "a.upper()", "print(a)"], [0]),
    "a dictionary": (["a = {}", "a.get(1)", "a['k'] = 1", "print(a)"], [0, 2]),
    "another name of the object": (
        ["a = [1]", "b = a", "b.append(2)", "c = 1", "print(a)"],
        [0, 1, 2],
    ),
    "a list that holds it": (
        ["a = [1]", "b = [a]", "b[0].append(2)", "c = 1", "print(a)"],
        [0, 1, 2],
    ),
    "a dictionary that holds it": (
        ["a = [1]", "b = {'k': a}", "for v in b.values():\n    v.append(2)", "print(a)"],
        [0, 1, 2],
    ),
    "a copy": (["a = [1]", "b = a.copy()", "b.append(2)", "print(a)"], [0]),
    "a new list of the same elements": (["a = [1]", "b = list(a)", "b.append(2)", "print(a)"], [0]),
    "zip keeps its parts apart": (
        ["a, b = [[1]], [[2]]", "c = [[3]]", "for p, q in zip(a, c):\n    q.append(4)", "print(a)"],
        [0],
    ),
    "enumerate": (["a = [[1]]", "for i, p in enumerate(a):\n    p.append(i)", "print(a)"], [0, 1]),
    "a function that changes what it gets": (
        ["a, b = [1], [2]", "def f(x, y):\n    y.append(x)", "f(a, b)", "print(b)"],
        [0, 1, 2],
    ),
    "and what it only reads": (
        ["a = [1]", "b = [2]", "def f(x, y):\n    y.append(x[0])", "f(a, b)", "print(a)"],
        [0],
    ),
    "a function that changes a name of the page": (
        ["a = [1]", "def f():\n    a.append(2)", "f()", "b = 1", "print(a)"],
        [0, 1, 2],
    ),
    "an iterator": (["a = iter([1, 2])", "next(a)", "b = 1", "print(next(a))"], [0, 1]),
    "a list that a text gives": (["a = 'x y'.split()", "a.append(2)", "b = 1", "print(a)"], [0, 1]),
    "a sum of lists": (["a = [1] + [2]", "a.append(3)", "b = 1", "print(a)"], [0, 1]),
    "what a dictionary makes by itself": (
        ["import collections", "a = collections.defaultdict(list)", "a[1].append(2)", "print(a)"],
        [0, 1, 2],
    ),
    "a function that is handed on with it": (
        ["a = [[1]]", "def f(p):\n    p.append(2)", "list(map(f, a))", "b = 1", "print(a)"],
        [0, 1, 2],
    ),
    "a method that is called on its class": (
        ["a = [1]", "list.append(a, 2)", "b = 1", "print(a)"],
        [0, 1],
    ),
    "print and the like change nothing": (
        ["a = [1]", "print(len(a), sorted(a), sum(a))", "print(a)"],
        [0],
    ),
    "what is unknown changes all": (
        ["import operator", "a = [1]", "operator.iadd(a, [2])", "b = 1", "print(a)"],
        [0, 1, 2],
    ),
    "what is built in is changed for all": (
        ["import math", "math.pi = 3", "a = 1", "print(a)", "import math\nmath.pi = 3.14159"],
        [0, 1],
    ),
    "setattr": (
        ["class A: pass", "a = A()", "setattr(a, 'x', 1)", "b = 1", "print(a.x)"],
        [0, 1, 2],
    ),
    "a hidden generator": (
        ["import random", "random.seed(1)", "a = 1", "random.random()", "print(random.random())"],
        [0, 1, 3],
    ),
}
CLASSES = {
    "a class of the page": (
        ["class A:\n    def f(self):\n        return b", "b = 1", "c = 1", "print(A().f())"],
        [0, 1],
    ),
    "its base": (
        [
            "class A:\n    def f(self):\n        return 1",
            "class B(A): pass",
            "c = 1",
            "print(B().f())",
        ],
        [0, 1],
    ),
    "a body is read at once": (["a = 1", "class A:\n    b = a", "a = 2", "print(A.b)"], [0, 1]),
    "a body is no scope for methods": (
        ["x = 1", "class A:\n    x = 2\n    def f(self):\n        return x", "print(A().f())"],
        [0, 1],
    ),
    "an object that changes itself": (
        [
            "class A:\n    def __init__(self):\n        self.n = 0\n"
            "    def add(self):\n        self.n += 1",
            "a = A()",
            "b = A()",
            "b.add()",
            "a.add()",
            "print(a.n)",
        ],
        [0, 1, 4],
    ),
    "an object that holds another": (
        [
            "class A:\n    def __init__(self, x):\n        self.x = x\n    def add(self):\n"
            "        self.x.append(1)",
            "x = []",
            "a = A(x)",
            "a.add()",
            "b = 1",
            "print(x)",
        ],
        [0, 1, 2, 3],
    ),
    "what is shared by a class": (
        ["class A:\n    seen = []", "A().seen.append(1)", "b = 1", "print(A.seen)"],
        [0, 1],
    ),
    "super": (
        [
            "class A:\n    def f(self):\n        a.append(1)",
            "class B(A):\n    def f(self):\n        super().f()",
            "a = []",
            "B().f()",
            "b = 1",
            "print(a)",
        ],
        [0, 1, 2, 3],
    ),
    "a property": (
        [
            "class A:\n    @property\n    def p(self):\n        return b",
            "b = 1",
            "c = 1",
            "print(A().p)",
        ],
        [0, 1],
    ),
    "a method for print": (
        ["class A:\n    def __repr__(self):\n        return b", "b = 'x'", "c = 1", "print([A()])"],
        [0, 1],
    ),
    "an index of an object of the page": (
        [
            "class A:\n    def __init__(self, x):\n        self.x = x\n"
            "    def __setitem__(self, i, v):\n        self.x[i] = v",
            "x = [1]",
            "a = A(x)",
            "a[0] = 2",
            "b = 1",
            "print(x)",
        ],
        [0, 1, 2, 3],
    ),
    "an iterator of the page": (
        [
            "class A:\n    n = 0\n    def __iter__(self):\n        return self\n"
            "    def __next__(self):\n        self.n += 1\n        return self.n",
            "a = A()",
            "next(a)",
            "b = 1",
            "print(next(a))",
        ],
        [0, 1, 2],
    ),
    "a method that is handed on": (
        [
            "class A:\n    n = 0\n    def f(self, x):\n        self.n += x\n        return self.n",
            "a = A()",
            "list(map(a.f, [1, 2]))",
            "b = 1",
            "print(a.n)",
        ],
        [0, 1, 2],
    ),
}
LIBRARY = {
    "functions of NumPy change nothing": (
        [NUMPY, "a = np.ones(2)", "np.exp(a)", "np.sort(a)", "print(a)"],
        [0, 1],
    ),
    "a view": (
        [NUMPY, "a = np.ones(2)", "b = a.reshape(2, 1)", "b[0] = 2", "print(a)"],
        [0, 1, 2, 3],
    ),
    "a view by a function": (
        [NUMPY, "a = np.ones(2)", "b = np.asarray(a)", "b += 1", "print(a)"],
        [0, 1, 2, 3],
    ),
    "a part": ([NUMPY, "a = np.ones((2, 2))", "b = a[0]", "b[...] = 2", "print(a)"], [0, 1, 2, 3]),
    "no view": ([NUMPY, "a = np.ones(2)", "b = a + 1", "b += 1", "print(a)"], [0, 1]),
    "a copy of an array": ([NUMPY, "a = np.ones(2)", "b = a.copy()", "b += 1", "print(a)"], [0, 1]),
    "a shape": ([NUMPY, "a = np.ones(2)", "n = a.shape[0]", "n += 1", "print(a)"], [0, 1]),
    "a mask": ([NUMPY, "a = np.ones(2) > 0", "a[0] = False", "b = 1", "print(a)"], [0, 1, 2]),
    "a list of an array": (
        [NUMPY, "a = np.ones(2).tolist()", "a.append(2)", "b = 1", "print(a)"],
        [0, 1, 2],
    ),
    "out=": (
        [NUMPY, "a = np.ones(2)", "b = np.ones(2)", "np.exp(b, out=a)", "print(a)"],
        [0, 1, 2, 3],
    ),
    "a place for the result": (
        [NUMPY, "a = np.ones(2)", "b = np.ones(2)", "np.exp(b, a)", "print(a)"],
        [0, 1, 2, 3],
    ),
    "add.at": (
        [NUMPY, "a = np.ones(2)", "np.add.at(a, [0, 0], 1)", "b = 1", "print(a)"],
        [0, 1, 2],
    ),
    "copyto": ([NUMPY, "a = np.ones(2)", "np.copyto(a, 2)", "b = 1", "print(a)"], [0, 1, 2]),
    "fill_diagonal": (
        [NUMPY, "a = np.ones((2, 2))", "np.fill_diagonal(a, 2)", "b = 1", "print(a)"],
        [0, 1, 2],
    ),
    "in-place methods": ([NUMPY, "a = np.ones(2)", "a.fill(2)", "a.sum()", "print(a)"], [0, 1, 2]),
    "draws of a generator": (
        [NUMPY, "r = np.random.default_rng(0)", "a = r.normal()", "b = 1", "print(r.normal())"],
        [0, 1, 2],
    ),
    "another generator": (
        [
            NUMPY,
            "r = np.random.default_rng(0)",
            "s = np.random.default_rng(0)",
            "r.normal()",
            "print(s.normal())",
        ],
        [0, 2],
    ),
    "a drawn number": (
        [NUMPY, "r = np.random.default_rng(0)", "a = r.normal(size=2)", "r.normal()", "print(a)"],
        [0, 1, 2],
    ),
    "a method of a generator with a name of its own": (
        [
            NUMPY,
            "r = np.random.default_rng(0)",
            "normal = r.normal",
            "normal()",
            "b = 1",
            "print(r.normal())",
        ],
        [0, 1, 2, 3],
    ),
    "shuffle": (
        [
            NUMPY,
            "r, a = np.random.default_rng(0), np.arange(9)",
            "r.shuffle(a)",
            "b = 1",
            "print(a)",
        ],
        [0, 1, 2],
    ),
    "the global generator": (
        [NUMPY, "np.random.seed(1)", "a = 1", "np.random.normal()", "print(np.random.normal())"],
        [0, 1, 3],
    ),
    "settings": (
        [NUMPY, "np.set_printoptions(precision=2)", "a = 1", "print(a)"],
        [0, 1, 2],
    ),
    "the book's style": (
        ["from nnbook.drawing import use_style\nuse_style()", "a = 1", "print(1)"],
        [0],
    ),
    "vectorize holds its function": (
        [NUMPY, "a = 1", "f = np.vectorize(lambda x: a * x)", "b = 1", "print(f([1]))"],
        [0, 1, 2],
    ),
    "drawing changes no data": (
        [
            "import matplotlib.pyplot as plt\nimport numpy as np",
            "from nnbook.drawing import draw_arrays",
            "a = np.ones((2, 2))",
            "ax = plt.subplots()[1]\nax.plot(a)\ndraw_arrays(a, ax=ax)\nplt.close('all')",
            "print(a)",
        ],
        [0, 2],
    ),
    "functions of the book": (
        [
            "import numpy as np\nfrom nnlib import softmax",
            "a = np.ones((1, 2))",
            "softmax(a)",
            "print(a)",
        ],
        [0, 1],
    ),
    "a spiral draws from its generator": (
        [
            "import numpy as np\nfrom nnlib import make_spiral",
            "rng = np.random.default_rng(0)",
            "x, t = make_spiral(2, rng=rng)",
            "print(rng.normal())",
        ],
        [0, 1, 2],
    ),
    "and is no part of it": (
        [
            "import numpy as np\nfrom nnlib import make_spiral",
            "rng = np.random.default_rng(0)",
            "x, t = make_spiral(2, rng=rng)",
            "rng.normal()",
            "print(x)",
        ],
        [0, 1, 2],
    ),
}
MODEL = [
    LAYERS,
    "W, b = np.ones((2, 3)), np.zeros(3)\nW[0, 0] = 2",
    "model = Sequential([Affine(W, b)], SoftmaxWithLoss())",
    "x, t = np.ones((4, 2)), np.array([0, 1, 2, 0])",
]
TRAINED = [*MODEL, "model.forward(x, t)", "model.backward()"]
STEP = "SGD(0.5).update(model.params, model.grads)"
MODELS = {
    "forward leaves its input": ([*MODEL, "model.forward(x, t)", "print(x, t)"], [0, 3]),
    "forward leaves the parameters": ([*MODEL, "model.forward(x, t)", "print(W)"], [0, 1]),
    "backward needs forward": ([*TRAINED[:-1], "print(model.backward())"], [0, 1, 2, 3, 4]),
    "gradients": ([*TRAINED, "print(model.grads[0])"], [0, 1, 2, 3, 4, 5]),
    "an update changes the arrays of the layers": (
        [*TRAINED, STEP, "z = 1", "print(W)"],
        [0, 1, 2, 3, 4, 5, 6],
    ),
    "a parameter that is changed in place": (
        [*MODEL, "for param in model.params:\n    param[...] = 7", "z = 1", "print(W)"],
        [0, 1, 2, 4],
    ),
    "and what it is filled with": (
        [*MODEL, "V = np.ones((2, 3))", "W[...] = V", "W += 1", "print(V)"],
        [0, 4],
    ),
    "a trainer holds all": (
        [
            *MODEL,
            "from nnlib import Trainer\nrng = np.random.default_rng(0)\n"
            "trainer = Trainer(model, SGD(1.0), rng=rng)",
            "trainer.fit(x, t, max_epoch=1, batch_size=2)",
            "z = 1",
            "print(W, rng.normal())",
        ],
        [0, 1, 2, 3, 4, 5],
    ),
    "training leaves the data": (
        [
            *MODEL,
            "from nnlib import Trainer\n"
            "trainer = Trainer(model, SGD(1.0), rng=np.random.default_rng(0))",
            "trainer.fit(x, t, max_epoch=1, batch_size=2)",
            "print(x)",
        ],
        [0, 3],
    ),
    "epochs of a trainer": (
        [
            *MODEL,
            "from nnlib import Trainer\n"
            "trainer = Trainer(model, SGD(1.0), rng=np.random.default_rng(0))",
            "epochs = trainer.epochs(x, t, max_epoch=2, batch_size=2)",
            "next(epochs)",
            "z = 1",
            "print(model.params[0])",
        ],
        [0, 1, 2, 3, 4, 5, 6],
    ),
    "a method that is handed to a drawing may be called": (
        [
            *MODEL,
            "from nnbook.drawing import plot_decision_regions",
            "z = 1",
            "f = model.predict\nf(x)",
            "print(model.loss_layer._memory, model.params[0])",
        ],
        [0, 1, 2, 3, 6],
    ),
    "a layer of the page": (
        [
            LAYERS,
            "class Count(Layer):\n    def __init__(self):\n        super().__init__()\n"
            "    def forward(self, x):\n        seen.append(1)\n        return x",
            "seen = []",
            "x, t = np.ones((4, 3)), np.array([0, 1, 2, 0])",
            "net = Sequential([Count()], SoftmaxWithLoss())",
            "net.predict(x)",
            "z = 1",
            "print(seen)",
        ],
        [0, 1, 2, 3, 4, 5],
    ),
    "a graph that a widget runs": (
        [
            "from nnlib import Add, Graph\nfrom nnbook.stepper import GraphStepper",
            "graph = Graph()",
            "z = graph.apply(Add(), graph.input('a'), graph.input('b'), name='z')",
            "GraphStepper(graph, a=1.0, b=2.0)",
            "c = 1",
            "print(float(graph.values['z']))",
        ],
        [0, 1, 2, 3],
    ),
    "an explorer's function": (
        [
            "from nnbook.explorer import explore",
            "def draw(size):\n    return f'<p>{a + size}</p>'",
            "a = 1",
            "e = explore(draw, size=[1, 2])",
            "c = 1",
            "print(e.frame(size=2))",
        ],
        [0, 1, 2, 3],
    ),
    "an exercise": (
        [
            "from nnbook.exercises import check",
            "answer = ...",
            "answer = 0.5",
            "b = 1",
            "print(check('1.3.1-a', answer))",
        ],
        [0, 2],
    ),
}
UNCLEAR = {
    "exec": (["a = 1", "exec('a = 2')", "b = 1", "print(a)"], [0, 1]),
    "what stands above exec": (["a = 1", "exec('b = 2')", "c = 1", "print(3)"], [0, 1]),
    "exec itself": (["a = 1", "b = 2", "exec('print(a)')"], [0, 1]),
    "names that are listed": (["a = 1", "b = 2", "print('a' in dir())"], [0, 1]),
    "exec in a function": (
        ["a = 1", "def f():\n    exec('b = 2', globals())", "c = 1", "f()", "print(b)"],
        [0, 1, 2, 3],
    ),
    "globals": (["a = [1]", "globals()['b'] = a", "b.append(2)", "print(a)"], [0, 1, 2]),
    "a star": (["a = 1", "from math import *", "print(pi)"], [0, 1]),
    "a name that only exec knows": (
        ["a = 1", "exec('b = [1]')", "b.append(2)", "print(b)"],
        [0, 1, 2],
    ),
}
PAGES = NAMES | WAYS | FUNCTIONS | CHANGES | CLASSES | LIBRARY | MODELS | UNCLEAR


def output(cells):
    """Run cells one after the other in one namespace; return what the last one prints."""
    names = {}
    for cell in cells:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(cell, names)
    return printed.getvalue()


NOT_SEEN = {  # what a page changes behind its names: see the module
    "what is built in is changed for all",
    "what is shared by a class",
    "a default that is changed",
    "a generator runs where it is used",
    "a generator expression too",
    "a place for the result",
    "the book's style",  # counts for what draws alone
    "a layer of the page",
    "globals",
}


@pytest.mark.parametrize("what", sorted(PAGES.keys() - NOT_SEEN))
def test_a_cell_needs(what, closed_figures):
    cells, expected = PAGES[what]
    found = needed_by(cells)[-1]
    assert set(expected) <= set(found)
    assert output([*(cells[i] for i in found), cells[-1]]) == output(cells)


@pytest.mark.parametrize("what", sorted(NOT_SEEN))
def test_what_is_not_seen_is_known(what):
    cells, expected = PAGES[what]
    assert not set(expected) <= set(needed_by(cells)[-1])


def test_most_needs_are_exact():
    exact = [needed_by(cells)[-1] == expected for cells, expected in PAGES.values()]
    assert sum(exact) >= 0.85 * len(exact)


def test_every_cell_of_a_page_has_its_needs():
    assert needed_by([]) == []
    assert needed_by(["a = 1", "b = a + 1", "a = 2", "c = b"]) == [[], [0], [], [0, 1]]


@pytest.mark.parametrize("wrong", ["a = ", "%pip install x", "a = '\0'", "(" * 500 + ")" * 500])
def test_a_cell_that_is_no_python_needs_nothing_and_is_not_needed(wrong):
    assert needed_by(["a = 1", wrong, "print(a)"]) == [[], [], [0]]


# ---------------------------------------------------------------- the book


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the proof forks its process")
@pytest.mark.parametrize("name", QUICK)
def test_the_needed_cells_are_enough(name):
    """Every seventh cell of a chapter, or every one, shows what it shows after all cells."""
    script = Path(__file__).with_name("needs_proof.py")
    done = subprocess.run(
        [sys.executable, script, name, SAMPLE], capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(FOLDER.parent)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["tried"] >= len(found["ids"]) // (int(SAMPLE) + 1)
    assert found["errors"] == []
    assert found["different"] == {}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the proof forks its process")
def test_the_proof_finds_a_need_that_is_missing():
    script = "import json, needs_proof as p; print(json.dumps(p.prove('1_6_summary', 5, lost=2)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONPATH": f"{FOLDER.parent}{os.pathsep}{Path(__file__).parent}"},
    )  # fmt: skip
    assert "train" in json.loads(done.stdout)["different"]


def test_few_cells_are_needed():
    for name in CHAPTERS:
        needs = needed_by(list(code_cells(name).values()))
        assert sum(map(len, needs)) < 0.3 * len(needs) * (len(needs) - 1) / 2, name


def test_what_is_left_out_is_in_the_book():
    cells = {cell for name in CHAPTERS for cell in code_cells(name)}
    assert set(SKIPPED) | set(SLOW) <= cells
