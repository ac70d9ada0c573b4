"""From pieces to one tree: summed labels are eliminated one at a time, then axes are aligned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from symback.language import size, write
from symback.language.tree import Binary, Call, Expression, Literal, Transpose
from symback.notation.writing import trees
from symback.notation.writing.chains import applied, chained, dotted
from symback.notation.writing.cost import shortest
from symback.notation.writing.moments import mean
from symback.notation.writing.pieces import NoNotation, Piece, aligned, half, multiplied
from symback.tensor.dims import Dim

#: Letters for `einsum`, free labels first.
LETTERS = "ijklmnpqrstuvwxyzabcdefgh"


def contracted(
    pieces: Iterable[Piece], bound: Iterable[int], mean: int | None = None
) -> list[Piece]:
    """Sum the product of `pieces` over the labels `bound`; what is left has free labels only.

    Over the label `mean` the average is taken.

    Raises: NoNotation where matrix notation does not reach (three factors share a summed label,
    or a factor has more than two axes): `einsum_of` writes those.
    """
    work = list(pieces)
    open_labels = set(bound)
    while open_labels:
        closable = open_labels - {mean}
        work = merged(work, closable)
        open_labels = closable | (open_labels & {mean})
        if not open_labels:
            break
        label = min(open_labels, key=lambda k: (_difficulty(work, k, open_labels), k))
        touching = [piece for piece in work if label in piece.labels]
        rest = [piece for piece in work if label not in piece.labels]
        pair = {other for piece in touching for other in piece.labels}
        double = len(touching) == 1 and len(touching[0].labels) == 2 and pair <= open_labels
        alone = not any(pair & set(piece.labels) for piece in rest)
        if double and alone and mean is None:
            work = [*rest, Piece(_sum(touching[0].oriented(*touching[0].labels)), ())]
            open_labels -= pair
            continue
        if label == mean:
            work = [*rest, _average(touching, label)]
        else:
            wanted: set[tuple[int, ...]] = {p.labels for p in rest if len(p.labels) == 2}
            work = [*rest, _eliminated(touching, label, wanted)]
        open_labels.discard(label)
    return merged(work, set())


def _difficulty(work: list[Piece], label: int, open_labels: set[int]) -> tuple[int, int]:
    touching = [piece for piece in work if label in piece.labels]
    if not touching:
        raise NoNotation
    if any(len(piece.labels) > 2 for piece in touching):
        return (9, 0)
    matrices = [piece for piece in touching if len(piece.labels) == 2]
    vectors = len(touching) - len(matrices)
    others = {other for piece in matrices for other in piece.labels} - {label}
    if len(matrices) > 2:
        return (8, 0)
    rank = (len(matrices), vectors == 0)
    order = {(0, False): 0, (1, False): 1, (2, True): 2, (2, False): 3, (1, True): 4}
    return (order[rank], -len(others & open_labels))


def merged(work: list[Piece], open_labels: set[int]) -> list[Piece]:
    """Multiply pieces with the same labels elementwise; close traces of two matrices."""
    groups: dict[frozenset[int], list[Piece]] = {}
    for piece in work:
        groups.setdefault(frozenset(piece.labels), []).append(piece)
    result: list[Piece] = []
    for labels, group in groups.items():
        if not labels or len(group) == 1:
            result.extend(group)
            continue
        if len(labels) == 1:
            result.append(_vector(group))
            continue
        closed = labels <= open_labels and not any(
            labels & other for other in groups if other != labels
        )
        if closed and len(group) == 2 and len(labels) == 2:
            result.append(Piece(_double_sum(*group), ()))
            open_labels -= labels
            continue
        order = _majority(group)
        whole = multiplied(
            Piece(replace(p, exponent=1).oriented(*order), order, p.exponent) for p in group
        )
        symmetric = all(piece.symmetric for piece in group)
        result.append(Piece(whole, order, 1, symmetric))
    return result


def _vector(group: list[Piece]) -> Piece:
    """Keep the factors of an elementwise product of vectors apart until they are summed."""
    flat: list[Piece] = []
    for piece in group:
        flat.extend(piece.parts or [piece])
    return Piece(multiplied(flat), group[0].labels, parts=tuple(flat))


def _majority(group: list[Piece]) -> tuple[int, ...]:
    orders = [piece.labels for piece in group if not piece.symmetric] or [group[0].labels]
    ranked = sorted(set(orders), key=lambda order: (-orders.count(order), order))
    return ranked[0]


def _double_sum(left: Piece, right: Piece) -> Expression:
    """Return the sum of A[k, l]*B[k, l], or the trace of a product, whichever is shorter."""
    k, m = left.labels
    if left.exponent < 0 or right.exponent < 0:
        return _sum(multiplied([left, Piece(right.oriented(k, m), (k, m))]))
    if left == right and left.exponent == 1:
        return _sum(Binary("**", left.tree, trees.integer(2)))
    elementwise = _sum(Binary("*", left.oriented(k, m), right.oriented(k, m)))
    candidates = [elementwise]
    for first, second in ((left, right), (right, left)):
        product = Binary("@", first.oriented(k, m), second.oriented(m, k))
        candidates.append(Call("trace", (product,)))
    return shortest(candidates)


def _sum(tree: Expression, axis: int | None = None) -> Expression:
    if axis is None:
        match tree:
            case Call("diag", (inner,)):
                return Call("trace", (inner,))
            case _:
                return Call("sum", (tree,))
    return Call("sum", (tree,), (("axis", trees.integer(axis)),))


def _average(touching: list[Piece], label: int) -> Piece:
    """Average what stands at `label` alone; NoNotation where it is part of a product."""
    (piece, *others) = touching
    if others or len(piece.labels) > 2:
        raise NoNotation
    if len(piece.labels) == 1:
        return Piece(mean(multiplied([piece])), ())
    other = _other(piece, label)
    axis = 0 if piece.labels[0] == label else 1
    tree = piece.oriented(*piece.labels)
    return Piece(mean(tree, trees.integer(axis)), (other,))


def _eliminated(touching: list[Piece], label: int, wanted: set[tuple[int, ...]]) -> Piece:
    """Sum the pieces that have `label` over it; of equally short ways, as `wanted`."""
    if any(len(piece.labels) > 2 for piece in touching):
        raise NoNotation
    vectors = [piece for piece in touching if len(piece.labels) == 1]
    matrices = [piece for piece in touching if len(piece.labels) == 2]
    if not matrices:
        return Piece(_inner(vectors[0]), ())
    vector = vectors[0] if vectors else None
    if len(matrices) == 1:
        return _matrix_vector(matrices[0], vector, label)
    if len(matrices) > 2:
        raise NoNotation
    return _matrix_matrix(matrices[0], matrices[1], vector, label, wanted)


def _inner(vector: Piece) -> Expression:
    """Sum a product of vectors: as an inner product where it has two factors or a square."""
    parts = vector.parts or (vector,)
    if any(piece.exponent < 0 for piece in parts):
        return _sum(multiplied(parts))
    squares = all(piece.exponent % 2 == 0 for piece in parts)
    if squares:
        root = multiplied(replace(piece, exponent=half(piece.exponent)) for piece in parts)
        return dotted(root, root) if size(root) <= 2 else _sum(multiplied(parts))
    if len(parts) == 1:
        return _sum(multiplied(parts))
    ordered = sorted(parts, key=lambda piece: size(piece.tree))
    return dotted(multiplied(ordered[:1]), multiplied(ordered[1:]))


def _other(matrix: Piece, label: int) -> int:
    first, second = matrix.labels
    return second if first == label else first


def _matrix_vector(matrix: Piece, vector: Piece | None, label: int) -> Piece:
    other = _other(matrix, label)
    if vector is None:
        axis = 0 if matrix.labels[0] == label and not matrix.symmetric else 1
        tree = matrix.oriented(*((label, other) if axis == 0 else (other, label)))
        return Piece(_sum(tree, axis), (other,))
    left, right = matrix.oriented(other, label), vector.oriented(label)
    match left:
        case Call("inv", (inner,)):
            return Piece(Call("solve", (inner, right)), (other,))
        case Transpose(Call("inv", (inner,))):
            return Piece(Call("solve", (trees.transposed(inner), right)), (other,))
        case _:
            return Piece(applied(left, right), (other,))


def _matrix_matrix(
    a: Piece, b: Piece, vector: Piece | None, label: int, wanted: set[tuple[int, ...]]
) -> Piece:
    i, j = _other(a, label), _other(b, label)
    if i == j:
        raise NoNotation
    if (j, i) < (i, j):
        a, b, i, j = b, a, j, i
    forward = _chain(a, b, vector, (i, label, j))
    backward = _chain(b, a, vector, (j, label, i))
    symmetric = transposed_equal(a, b, label)
    turned = size(backward) == size(forward) and (j, i) in wanted and (i, j) not in wanted
    if turned or size(backward) < size(forward):
        return Piece(backward, (j, i), 1, symmetric, turned=forward)
    return Piece(forward, (i, j), 1, symmetric, turned=backward)


def transposed_equal(a: Piece, b: Piece, label: int) -> bool:
    """Tell whether a product of two matrices is a matrix with its own transpose."""
    same = a.tree == b.tree and a.exponent == b.exponent == 1
    return same and (a.labels.index(label) == b.labels.index(label) or a.symmetric)


def _chain(a: Piece, b: Piece, vector: Piece | None, order: tuple[int, int, int]) -> Expression:
    i, k, j = order
    left, right = a.oriented(i, k), b.oriented(k, j)
    if vector is not None:
        left = multiplied([Piece(left, (i, k)), Piece(vector.oriented(k), (k,))])
    return chained(left, right)


def assembled(pieces: list[Piece], rank: int, sizes: Mapping[int, Dim]) -> Expression:
    """Multiply pieces with free labels only, each aligned for broadcasting; scalars in front."""
    if rank == 2 and not any(len(piece.labels) == 2 for piece in pieces):
        outer = _outer(pieces)
        if outer is not None:
            return outer
    plain = multiplied([aligned(piece, rank, sizes) for piece in pieces])
    if rank != 2:
        return plain
    vectors = [piece for piece in pieces if len(piece.labels) == 1]
    outer = _outer(vectors)
    if outer is None:
        return plain
    matrices = [aligned(piece, rank, sizes) for piece in pieces if piece not in vectors]
    return min(plain, multiplied([Piece(outer, ()), *matrices]), key=size)


def _outer(pieces: list[Piece]) -> Expression | None:
    rows = [piece for piece in pieces if piece.labels == (0,)]
    columns = [piece for piece in pieces if piece.labels == (1,)]
    scalars = [piece for piece in pieces if not piece.labels]
    if not rows or not columns:
        return None
    inverted = [multiplied(side) for side in (rows, columns)]
    tree = Call("outer", (inverted[0], inverted[1]))
    if inverted[0] == inverted[1] == trees.ONE:
        return None
    return multiplied([Piece(tree, ()), *scalars])


def _is_sum(labels: tuple[int, ...], out: tuple[int, ...]) -> bool:
    """Tell whether an array with an axis for each label is summed over those not in `out`."""
    return len(set(labels)) == len(labels) and tuple(k for k in labels if k in out) == out


def einsum_of(pieces: list[Piece], rank: int, sizes: Mapping[int, Dim]) -> Expression:
    """Write a product with `einsum`; free labels that no piece has are spread with ones."""
    scalars = [piece for piece in pieces if not piece.labels]
    factors = merged([piece for piece in pieces if piece.labels], set())
    present = {label for piece in factors for label in piece.labels}
    for label in range(rank):
        if label not in present and sizes[label] != 1:
            factors.append(Piece(Call("ones", (trees.length(sizes[label]),)), (label,)))
            present.add(label)
    out = tuple(label for label in range(rank) if label in present)
    order = [*out, *sorted(present - set(out))]
    letter = {label: LETTERS[k] for k, label in enumerate(order)}
    factors.sort(key=lambda piece: (len(piece.labels), write(piece.tree)))
    inputs = ["".join(letter[label] for label in piece.labels) for piece in factors]
    spec = ",".join(inputs) + "->" + "".join(letter[label] for label in out)
    arrays = [piece.oriented(*piece.labels) for piece in factors]
    if len(factors) == 1 and factors[0].labels == out:
        tree = arrays[0]
    elif len(factors) == 1 and _is_sum(factors[0].labels, out):
        axes = [k for k, label in enumerate(factors[0].labels) if label not in out]
        keywords = (("axis", trees.axes_tree(axes)),) if out else ()
        tree = Call("sum", (arrays[0],), keywords)
    else:
        tree = Call("einsum", (Literal(spec), *arrays))
    return multiplied([aligned(Piece(tree, out), rank, sizes), *scalars])
