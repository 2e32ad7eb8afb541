"""What a cell does to the names of its page, read from its code and not by running it."""

import ast
import builtins
from collections.abc import Iterable
from dataclasses import dataclass, field

__all__ = ["Read", "read_cell"]

# Functions of these packages change nothing that they are given and return something new. Those
# with a capital make objects, which hold what they are given; and there are exceptions.
PURE_PACKAGES = {
    "array_api_strict", "cmath", "math", "nnbook", "nnlib", "numpy", "pure", "textwrap",
}  # fmt: skip
NOT_PURE = {"at", "check_gradients", "copyto", "fill_diagonal", "place", "put", "putmask"}
# These change nothing either; what they return is, or holds, what they were given.
VIEWS = {
    "asarray", "ascontiguousarray", "broadcast_to", "dict", "diagonal", "enumerate", "flip", "list",
    "max", "min", "moveaxis", "ravel", "reshape", "reversed", "rot90", "set", "sorted", "split",
    "squeeze", "swapaxes", "to_numpy", "transpose", "tuple", "zip",
}  # fmt: skip
BUILTINS = set(vars(builtins)) - VIEWS - {"delattr", "filter", "iter", "map", "next", "setattr"}
# Methods of arrays, texts, dicts and models that change nothing and return something new.
PURE_METHODS = {
    "all", "any", "argmax", "argmin", "argsort", "astype", "copy", "count", "cumsum", "dot",
    "endswith", "format", "index", "item", "join", "lower", "max", "mean", "min", "nonzero",
    "predict", "prod", "replace", "round", "show", "split", "splitlines", "startswith", "std",
    "strip", "sum", "tolist", "upper", "var",
}  # fmt: skip
# Methods of layers, models, trainers and generators that change these, not what they are given.
OWN_METHODS = {
    "backward", "choice", "epochs", "fit", "forward", "integers", "normal", "permutation", "random",
    "standard_normal", "uniform",
}  # fmt: skip
PLAIN = {"dtype", "itemsize", "nbytes", "ndim", "shape", "size"}  # attributes that nobody changes
SETTINGS = {"filterwarnings", "seed", "seterr", "set_printoptions", "simplefilter"}
UNCLEAR = {"__import__", "compile", "dir", "eval", "exec", "globals", "locals", "vars"}
GENERATORS = ("numpy.random.", "random.")  # functions of these draw from one that nobody names

PURE, PAGE = "pure", "page"  # stand for the packages of what the page defines itself

Functions = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass
class Read:
    """What a piece of code does to names.

    Attributes
    ----------
    reads, binds, surely, changes : set of str
        Names whose value from before it may use; that it may bind; that it binds whatever happens;
        whose objects it may change.
    ties : list of set of str
        Names that may stand for one object, or for objects of which one holds another.
    inner : dict from str to Read
        What its functions and classes do when they are used.
    setting, unclear : bool
        Whether it changes how all that follows is computed or shown; whether it may do anything.
    """

    reads: set[str] = field(default_factory=set)
    binds: set[str] = field(default_factory=set)
    surely: set[str] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)
    ties: list[set[str]] = field(default_factory=list)
    inner: dict[str, "Read"] = field(default_factory=dict)
    setting: bool = False
    unclear: bool = False


def read_cell(source: str, known: dict[str, str]) -> Read:
    """Read a cell.

    Parameters
    ----------
    source : str
    known : dict
        From the names of imports, functions and classes of earlier cells to what they stand for,
        such as ``"numpy"`` or ``"nnlib.softmax"``; those of this cell are added.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return Read()
    reader = _Reader(known)
    reader.block(tree.body)
    return reader.read


class _Reader(ast.NodeVisitor):
    """Goes through statements in their order; expressions are looked at as a whole."""

    def __init__(self, known: dict[str, str]) -> None:
        self.read = Read()
        self.known = known

    # ---------------------------------------------------------------- statements

    def block(self, statements: Iterable[ast.stmt]) -> None:
        """Read statements that all run."""
        for statement in statements:
            self.visit(statement)

    def perhaps(self, *blocks: Iterable[ast.stmt]) -> None:
        """Read blocks of which each may run or not."""
        surely = set(self.read.surely)
        for block in blocks:
            self.block(block)
            self.read.surely = set(surely)

    def visit_If(self, node):
        """Read a condition and its branches."""
        self.look(node.test)
        self.perhaps(node.body, node.orelse)

    visit_While = visit_If

    def visit_For(self, node):
        """Read a loop: its variables are bound before its body reads them."""
        self.look(node.iter)
        surely = set(self.read.surely)
        self.bind(node.target, node.iter)
        self.block(node.body)
        self.read.surely = surely
        self.perhaps(node.orelse)

    visit_AsyncFor = visit_For

    def visit_With(self, node):
        """Read what is entered, and the block."""
        for item in node.items:
            self.look(item.context_expr)
            if item.optional_vars:
                self.bind(item.optional_vars, item.context_expr)
        self.perhaps(node.body)  # it may be left, and what is raised be swallowed

    visit_AsyncWith = visit_With

    def visit_Try(self, node):
        """Read a block that may end anywhere, and what follows it."""
        handlers = [handler.body for handler in node.handlers]
        self.read.binds.update(handler.name for handler in node.handlers if handler.name)
        self.perhaps(node.body, *handlers, node.orelse, node.finalbody)

    visit_TryStar = visit_Try

    def visit_Match(self, node):
        """Read the cases of which one may run."""
        self.look(node.subject)
        for part in ast.walk(node):
            name = getattr(part, "name", None) or getattr(part, "rest", None)
            if isinstance(part, ast.pattern) and isinstance(name, str):
                self.read.binds.add(name)
                self.read.ties.append({name} | self.roots(node.subject))
        self.look(*(case.guard for case in node.cases if case.guard))
        self.perhaps(*(case.body for case in node.cases))

    def visit_FunctionDef(self, node):
        """Read a function: its body only counts where the function is used."""
        self.look(*node.decorator_list, *_defaults(node))
        self.define(node.name, node)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node):
        """Read a class as a function: its body and its methods."""
        self.look(*node.decorator_list, *node.bases, *(each.value for each in node.keywords))
        self.define(node.name, node)

    def visit_Import(self, node):
        """Bind what is imported."""
        for alias in node.names:
            name = alias.asname or alias.name.split(".")[0]
            self.known[name] = alias.name if alias.asname else name
            self.name(name)

    def visit_ImportFrom(self, node):
        """Bind what is imported; everything may be among it."""
        self.read.unclear |= any(alias.name == "*" for alias in node.names)
        for alias in node.names:
            name = alias.asname or alias.name
            self.known[name] = f"{node.module}.{alias.name}"
            self.name(name)

    def visit_Assign(self, node):
        """Read a value and bind it."""
        self.look(node.value)
        for target in node.targets:
            self.bind(target, node.value)

    def visit_AnnAssign(self, node):
        """Read a value, if there is one, and bind it."""
        self.look(node.annotation)
        if node.value:
            self.look(node.value)
            self.bind(node.target, node.value)

    def visit_AugAssign(self, node):
        """Change an object in its place, or bind a new one."""
        self.look(node.value, node.target)
        self.read.changes |= self.roots(node.target)
        self.read.binds |= _names(node.target)

    def visit_Delete(self, node):
        """Take names away, or parts of objects."""
        for target in node.targets:
            self.look(target)
            self.read.changes |= self.roots(target)
            self.read.binds |= _names(target)

    def generic_visit(self, node):
        """Read any other statement: all its expressions."""
        self.look(node)

    # ---------------------------------------------------------------- names

    def name(self, name: str) -> None:
        """Bind a name."""
        self.read.binds.add(name)
        self.read.surely.add(name)

    def define(self, name: str, node: ast.AST) -> None:
        """Bind a name to a function or class."""
        inner = _Reader(self.known)
        inner.look(node)
        outside, shared = _free(node), _shared(node)
        changes = inner.read.changes & outside
        self.read.inner[name] = Read(
            reads=outside | shared, changes=changes | shared, unclear=inner.read.unclear
        )
        self.read.reads |= outside - self.read.surely - {name}
        given_back = [each.value for each in ast.walk(node) if isinstance(each, ast.Return)]
        reached = [inner.roots(each) for each in given_back if each]
        own = inner.read.changes.union(*reached) - outside
        is_pure = isinstance(node, ast.FunctionDef) and not (own or node.decorator_list)
        self.known[name] = f"{PURE if is_pure else PAGE}.{name}"
        self.name(name)

    def bind(self, target: ast.expr, value: ast.expr) -> None:
        """Bind the names of a target; what else it names is changed."""
        names, roots = _names(target), self.roots(value)
        for name in names:
            self.known.pop(name, None)
            self.name(name)
        parts = self.roots(target) - names
        if not isinstance(target, ast.Name):
            self.look(target)
            self.read.changes |= self.roots(target) - names
        if roots:
            self.read.ties.append(names | parts | roots)

    # ---------------------------------------------------------------- expressions

    def look(self, *nodes: ast.AST) -> None:
        """Note what expressions read and change."""
        for node in nodes:
            self.read.reads |= _free(node) - self.read.surely
            for part in ast.walk(node):
                if isinstance(part, ast.NamedExpr):
                    self.read.binds |= _names(part.target)
                elif isinstance(part, (ast.Attribute, ast.Subscript)):
                    if not isinstance(part.ctx, ast.Load):
                        self.read.changes |= self.roots(part)
                elif isinstance(part, ast.Call):
                    self.call(part)

    def call(self, node: ast.Call) -> None:
        """Note what a call may change: its object, and all that it is given."""
        path = self.path(node.func)
        last = path.split(".")[-1]
        if last in UNCLEAR and path in UNCLEAR:
            self.read.unclear = True
        if last in SETTINGS and "." in path:
            self.read.setting = True
        if last == "use_style":  # a setting for those who draw
            self.read.changes.add("plt")
        if path.startswith(GENERATORS) and last[:1].islower() and last != "default_rng":
            self.read.reads.add(GENERATORS[0])
            self.read.changes.add(GENERATORS[0])
        if last not in VIEWS:
            self.read.changes |= self.roots(node)
        for keyword in node.keywords:
            if keyword.arg == "rng":  # whoever takes a generator draws from it
                self.read.changes |= self.roots(keyword.value)

    def is_pure(self, node: ast.Call) -> bool:
        """Tell whether a call changes nothing and returns something new."""
        if any(keyword.arg == "out" for keyword in node.keywords):
            return False
        path = self.path(node.func)
        package, *names = path.split(".")
        if package in PURE_PACKAGES and names:
            return names[-1][:1].islower() and not (NOT_PURE | VIEWS) & {*names}
        if isinstance(node.func, ast.Attribute):
            return node.func.attr in PURE_METHODS
        return path in BUILTINS

    def path(self, node: ast.expr) -> str:
        """Return the full name of a function, as far as it is known."""
        if isinstance(node, ast.Attribute):
            return f"{self.path(node.value)}.{node.attr}"
        return self.known.get(node.id, node.id) if isinstance(node, ast.Name) else ""

    def roots(self, node: ast.AST) -> set[str]:
        """Return the names through which the value of an expression can be reached."""
        if isinstance(node, ast.Name):
            return self.objects({node.id})
        if isinstance(node, (ast.BinOp, ast.Compare, ast.UnaryOp, ast.JoinedStr, ast.Constant)):
            return set()  # new values; those of arrays too
        if isinstance(node, ast.Attribute) and node.attr in PLAIN:
            return set()
        if isinstance(node, ast.Call) and self.is_pure(node):
            return set()
        if isinstance(node, ast.Call) and self.path(node.func).split(".")[-1] in OWN_METHODS:
            return self.roots(node.func)
        if isinstance(node, ast.Subscript):
            return self.roots(node.value)
        if isinstance(node, (ast.Lambda, *COMPREHENSIONS)):
            return self.objects(_free(node))
        return set().union(*map(self.roots, ast.iter_child_nodes(node)))

    def objects(self, names: set[str]) -> set[str]:
        """Return which of some names stand for objects that can be changed."""
        return {name for name in names - set(self.known) if not hasattr(builtins, name)}


def _names(target):
    """Return the names that a target binds."""
    return {
        part.id
        for part in ast.walk(target)
        if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load)
    }


def _shared(node):
    """Return the names that functions inside declare to be global."""
    return {n for each in ast.walk(node) if isinstance(each, ast.Global) for n in each.names}


def _defaults(node):
    arguments = node.args
    return [each for each in (*arguments.defaults, *arguments.kw_defaults) if each]


def _free(node):
    """Return the names that an expression, a function or a class reads from outside."""
    if isinstance(node, ast.Name):
        return {node.id} if isinstance(node.ctx, ast.Load) else set()
    inside = set().union(*map(_free, ast.iter_child_nodes(node)))
    if isinstance(node, Functions):
        arguments = {each.arg for each in ast.walk(node.args) if isinstance(each, ast.arg)}
        body = node.body if isinstance(node.body, list) else []
        return inside - arguments - _bound_in(body)
    if isinstance(node, COMPREHENSIONS):
        return inside - set().union(*(_names(each.target) for each in node.generators))
    return inside


def _bound_in(body):
    """Return the names that are local to a function with these statements."""
    bound, shared = set(), set()
    for part in (each for statement in body for each in ast.walk(statement)):
        if isinstance(part, (ast.Global, ast.Nonlocal)):
            shared |= set(part.names)
        elif isinstance(part, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)):
            bound.add(part.name)
        elif isinstance(part, (ast.Import, ast.ImportFrom)):
            bound |= {(alias.asname or alias.name).split(".")[0] for alias in part.names}
        elif isinstance(part, ast.ExceptHandler) and part.name:
            bound.add(part.name)
        elif isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load):
            bound.add(part.id)
    return bound - shared
