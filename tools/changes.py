"""Every small change of a Python source that a test should notice: its mutants.

Another operator, number or text; a keyword, decorator, bound or statement less; nothing returned.
Docstrings, types, imports and lists of public names stay.
"""

import ast
import copy
from dataclasses import dataclass
from typing import Any

SWAPS = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.Pow: ast.Mult, ast.MatMult: ast.Mult, ast.FloorDiv: ast.Div, ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change: what stands in the list or node `holder` at `place` becomes `new`."""

    module: str
    where: str
    before: str
    after: str
    change: tuple[Any, Any, Any]
    tree: ast.Module

    @property
    def key(self) -> tuple[str, str, str]:
        return self.where, self.before, self.after

    def changed(self) -> ast.Module:
        """Return the tree of the module after the change, which is made in place."""
        _put(*self.change)
        return ast.fix_missing_locations(self.tree)


def mutants(module: str, source: str) -> list[Mutant]:
    """List every mutant of a module's source."""
    tree, found = ast.parse(source), {}
    for where, statement, (holder, place, new) in _changes(tree, module, tree):
        old = _put(holder, place, new)
        after = _head(new if statement is old else statement)
        _put(holder, place, old)
        before, twin = _head(statement), 1
        while (where, before, after) in found:  # the same text stood there before
            twin += 1
            after = after.partition("  # place ")[0] + f"  # place {twin}"
        mutant = Mutant(module, where, before, after, (holder, place, new), tree)
        found[mutant.key] = mutant
    return list(found.values())


def _changes(node, where, statement):
    """Yield the name of the function, the statement and the change, for all below a node."""
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns"}:
            continue
        holder = value if isinstance(value, list) else node
        for place, child in enumerate(value) if isinstance(value, list) else [(field, value)]:
            if not isinstance(child, ast.AST) or _is_left_alone(child):
                continue
            inside = child if isinstance(child, (ast.stmt, ast.ExceptHandler)) else statement
            name = getattr(child, "name", None) if isinstance(child, ast.stmt) else None
            within = f"{where}.{name}" if name else where
            for new in _replacements(child):
                yield within, inside, (holder, place, new)
            yield from _changes(child, within, inside)


def _is_left_alone(node):
    """Tell whether a node is a docstring, an import, a type, or a list of public names."""
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Assign(targets=[ast.Name(id="__all__" | "__version__")]):
            return True
        case ast.AnnAssign(annotation=ast.Name(id="TypeAlias")):
            return True
    return False


def _replacements(node):
    """Yield what may stand in a node's place."""
    match node:
        case ast.Compare(ops=ops):
            for i, op in enumerate(ops):
                yield _with(node, ops=[*ops[:i], SWAPS[type(op)](), *ops[i + 1 :]])
        case ast.BinOp(op=op) | ast.BoolOp(op=op) | ast.AugAssign(op=op):
            yield _with(node, op=SWAPS[type(op)]())
        case ast.UnaryOp(operand=operand):
            yield operand
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value) | float(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(value=str()):
            yield ast.Constant("mutant")
        case ast.Call(keywords=keywords):
            for i, keyword in enumerate(keywords):
                if not isinstance(getattr(keyword.value, "value", None), bool):  # turned over above
                    yield _with(node, keywords=keywords[:i] + keywords[i + 1 :])
        case ast.Slice(lower=lower, upper=upper):
            if lower:
                yield _with(node, lower=None)
            if upper:
                yield _with(node, upper=None)
        case ast.FunctionDef(decorator_list=all_of_them) | ast.ClassDef(decorator_list=all_of_them):
            for i in range(len(all_of_them)):
                yield _with(node, decorator_list=all_of_them[:i] + all_of_them[i + 1 :])
        case ast.Return(value=value) if value and not isinstance(value, ast.Constant):
            yield ast.Return(ast.Constant(None))
    match node:
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Raise() | ast.Break():
            yield ast.Pass()
        case ast.Continue() | ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield ast.Pass()


def _with(node, **changed):
    other = copy.copy(node)
    vars(other).update(changed)
    return other


def _put(holder, place, new):
    """Put a node where another stands, and return that."""
    fields = holder if isinstance(holder, list) else vars(holder)
    old, fields[place] = fields[place], new
    return old


def _head(statement):
    """Return a statement as text, without the statements in it."""
    inner = {"body", "orelse", "handlers", "finalbody"} & vars(statement).keys()
    return ast.unparse(_with(statement, **{name: [] for name in inner}))


def announced(module: str, source: str) -> ast.Module:
    """Return the tree of a module in which every function first calls `announce` with its name."""

    def visit(node, where):
        for child in ast.iter_child_nodes(node):
            is_function = isinstance(child, ast.FunctionDef)
            name = (
                f"{where}.{child.name}" if is_function or isinstance(child, ast.ClassDef) else where
            )
            visit(child, name)
            if is_function:
                first = int(ast.get_docstring(child) is not None)
                child.body[first:first] = ast.parse(f"announce({name!r})").body

    tree = ast.parse(source)
    visit(tree, module)
    return ast.fix_missing_locations(tree)
