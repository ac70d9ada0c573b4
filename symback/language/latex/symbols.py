"""From letters with accents, subscripts and layers to declared names and components."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from symback.errors import Span
from symback.language.faults import fault
from symback.language.latex.tables import GREEK_SIGNS, LETTERS
from symback.language.tree import Expression, Name, Number

#: One subscript: letters or digits, or an index formula such as `i + 1`.
Piece = str | Expression

#: What to write for letters that are used without a word.
_HINTS = {
    "e": "write `\\mathrm{e}` or `\\exp(1)` for the number",
    **dict.fromkeys("nNmM", "write the number that it is"),
    **dict.fromkeys(("for", "if", "when"), "write cases with `\\begin{cases}`"),
    **dict.fromkeys(("H", "u"), "write `1_{x>0}` for the unit step"),
}


@dataclass(frozen=True, slots=True)
class Symbol:
    """A letter as written: its spellings, what accents add to them, its subscripts."""

    letters: tuple[str, ...]
    span: Span
    endings: tuple[str, ...] = ("",)
    pieces: tuple[Piece, ...] = ()
    layers: int = 0
    """How many of the first subscripts are layers, `W^{(2)}`, and belong to the name."""
    exponent: tuple[int, int] | None = None
    """The tokens of its superscript, if that is not a part of the name."""
    primes: int = 0

    def shown(self) -> str:
        """Spell the symbol in the expression language, for messages."""
        tail = "_".join(piece for piece in self.pieces if isinstance(piece, str))
        return self.letters[0] + self.endings[0] + ("_" + tail if tail else "")


@dataclass(frozen=True, slots=True)
class Reading:
    """A declared name and the indices of one of its components, as written."""

    name: str
    indices: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader knows of the problem: names, their axes, where indices begin."""

    names: Collection[str]
    ndim: Callable[[str], int | None]
    index_base: int = 0
    bound: list[str] = field(default_factory=list)
    """Index letters of the sums around the place being read."""
    free: list[str] = field(default_factory=list)
    """Index letters that no sum binds, of which there may be as many as `room`."""
    room: int = 0
    sizes: tuple[str, ...] = ()
    """The lengths of axes that there are."""

    def takes(self, letter: str) -> bool:
        """Tell whether there is room for one more free index letter."""
        return letter not in self.free and len(self.free) < self.room and letter.isalpha()

    def index(self, piece: Piece, span: Span) -> Expression:
        """Return the index that one subscript means; raise E225 if no sum binds its letter."""
        if not isinstance(piece, str):
            return piece
        if piece.isdecimal():
            return Number(Fraction(int(piece)), span=span)
        if piece not in self.bound and self.takes(piece):
            self.free.append(piece)
        if piece in self.bound or piece in self.free:
            return Name("\\" + piece, span)
        message = f"the index `{piece}` belongs to no sum"
        raise fault("E225", message, span, "write a number, or `\\sum_` over it")


def spellings(sign: str, names: Collection[str]) -> tuple[str, ...]:
    r"""Return under which names a problem may declare a letter: `\beta` is beta, β, or short be.

    A short form counts where it is declared, perhaps with a subscript, and no full one is.
    """
    letters = LETTERS.get(sign) or GREEK_SIGNS.get(sign) or (sign,)
    full = [one for one in letters if one.isascii() and not one.startswith("var")]
    if letters == (sign,) or not full or any(_declared(one, names) for one in letters):
        return letters
    short = [full[0][:size] for size in range(len(full[0]) - 1, 1, -1)]
    return (*letters, *(one for one in short if _declared(one, names)))


def _declared(letter: str, names: Collection[str]) -> bool:
    """Tell whether a letter is declared, as it is or with something behind it."""
    tails = (name[len(letter) :] for name in names if name.startswith(letter))
    return any(not tail or tail[0] == "_" or tail.isdecimal() for tail in tails)


def candidates(symbol: Symbol) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """Yield names the symbol can mean with the subscripts left over, longest names first."""
    pieces = symbol.pieces
    for count in range(len(pieces), symbol.layers - 1, -1):
        head = [piece for piece in pieces[:count] if isinstance(piece, str)]
        if len(head) == count:
            for name in _spellings(symbol, head):
                yield name, pieces[count:]


def _spellings(symbol: Symbol, head: list[str]) -> Iterator[str]:
    tails = dict.fromkeys(("".join(head), "_" + "_".join(head), "_" + "".join(head)))
    for letter in symbol.letters:
        for ending in symbol.endings:
            if not head:
                yield letter + ending
                continue
            for tail in tails:
                yield letter + ending + tail
                if ending:
                    yield letter + tail + ending


def resolve(symbol: Symbol, context: Context) -> Reading:
    """Return the declared name that the symbol means, before that a component of one.

    Raises: InputError E222 for an unknown name, E223 if two declared names fit alike.
    """
    found = [
        (name, rest)
        for name, rest in dict.fromkeys(candidates(symbol))
        if name in context.names
        and (_fits(rest, context.ndim(name)) or _is_row(rest, context.ndim(name), context))
    ]
    best = [name for name, rest in found if len(rest) == min(len(r) for _, r in found)]
    if len(best) > 1:
        shown = " and ".join(f"`{name}`" for name in best)
        raise fault("E223", f"the symbol can mean {shown}", symbol.span)
    if found:
        name, rest = found[0]
        return Reading(name, _indices(rest, context.ndim(name), symbol, context))
    raise unknown(symbol, context)


def unknown(symbol: Symbol, context: Context) -> Exception:
    """Return the error for a symbol that no declared name and no component explains."""
    for name, rest in candidates(symbol):
        if name in context.names:
            axes, count = context.ndim(name), len(rest)
            message = f"`{name}` has {axes} axes, {count} subscripts are written"
            return fault("E222", message, symbol.span)
    message = f"the name `{symbol.shown()}` is not declared"
    plain = next(candidates(replace(symbol, endings=("",))))[0]
    hint = f"the problem has `{plain}`" if plain in context.names else _HINTS.get(plain)
    return fault("E222", message, symbol.span, hint)


def _fits(rest: tuple[Piece, ...], ndim: int | None) -> bool:
    if not rest:
        return True
    count = len(rest)
    if ndim is None:
        return all(not isinstance(piece, str) or len(piece) == 1 for piece in rest)
    return count == ndim or (count == 1 and isinstance(rest[0], str) and len(rest[0]) == ndim)


def _is_row(rest: tuple[Piece, ...], ndim: int | None, context: Context) -> bool:
    """Tell whether one index letter of a sum stands at a matrix: one of its rows."""
    return ndim == 2 and len(rest) == 1 and rest[0] in context.bound


def _indices(
    rest: tuple[Piece, ...], ndim: int | None, symbol: Symbol, context: Context
) -> tuple[Expression, ...]:
    row = _is_row(rest, ndim, context)
    if len(rest) == 1 and isinstance(rest[0], str) and ndim not in (None, 1) and not row:
        rest = tuple(rest[0])
    return tuple(context.index(piece, symbol.span) for piece in rest)


def derivative(of: Symbol, by: tuple[Symbol, ...], context: Context, span: Span) -> Reading:
    """Return the name of ∂of/∂by, `dL_dz2` or `d2L_dA_dB`, and the component asked for.

    The parts must be declared, unless the whole is. Raises: InputError E222 if they are not.
    """
    parts = (of, *by)
    for names in _products([list(dict.fromkeys(candidates(part))) for part in parts]):
        order = "" if len(by) == 1 else str(len(by))
        name = f"d{order}{names[0][0]}_" + "_".join(f"d{known}" for known, _ in names[1:])
        declared = all(known in context.names for known, _ in names)
        fits = all(_fits(rest, context.ndim(known)) for known, rest in names)
        if (declared or name in context.names) and fits:
            indices: tuple[Expression, ...] = ()
            for part, (known, rest) in zip(parts, names, strict=True):
                indices += _indices(rest, context.ndim(known), part, context)
            _complete(names, indices, context, span)
            return Reading(name, indices)
    for part in parts:
        resolve(part, context)
    raise fault("E222", "the derivative is not one that the problem knows", span)


Named = tuple[str, tuple[Piece, ...]]


def _complete(names: list[Named], indices: tuple[Expression, ...], at: Context, span: Span) -> None:
    """Refuse a component of one part only, where the other part has axes too."""
    for name, rest in names:
        if indices and not rest and at.ndim(name):
            raise fault("E221", f"the component of `{name}` is not said", span)


def _products(options: list[list[Named]]) -> Iterator[list[Named]]:
    if not options:
        yield []
        return
    for first in options[0]:
        for rest in _products(options[1:]):
            yield [first, *rest]
