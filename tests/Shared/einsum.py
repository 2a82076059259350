"""Writes einsum.cases: einsums as Makemore writes them, and what NumPy says of them. /usr/bin/python3 einsum.py > einsum.cases

A case is a notation, its operands' axes, and the same in NumPy, where x, y, z and w are the operands. Element i of operand n is
((7·i + 5·n + i // 5) mod 13 − 6) / 4, so every product and sum is exact.
"""
import numpy as np
from numpy import einsum


def windows(x, axis, taps, stride=1, dilation=1, offset=0, fill=0.0):
    """[..., position, tap, ...]: x[..., stride*position + dilation*tap + offset, ...], and fill before 0; as many positions as fit."""
    before = max(-offset, 0)
    x = np.pad(x, [(before, 0) if i == axis else (0, 0) for i in range(x.ndim)], constant_values=fill)
    first = offset + before
    positions = (x.shape[axis] - 1 - first - dilation * (taps - 1)) // stride + 1
    return np.take(x, first + stride * np.arange(positions)[:, None] + dilation * np.arange(taps)[None, :], axis=axis)


# kind, notation, given lengths, operands, NumPy
CASES = [
    # One operand: transpositions, sums, maxima.
    ("sum", "i j -> j i", "", "i=3 j=4", "x.T"),
    ("sum", "i j -> i j", "", "i=3 j=4", "x"),
    ("sum", "i j -> i", "", "i=3 j=4", "x.sum(1)"),
    ("sum", "i j -> j", "", "i=3 j=4", "x.sum(0)"),
    ("sum", "i j ->", "", "i=3 j=4", "x.sum()"),
    ("sum", "i j k -> k i j", "", "i=2 j=3 k=4", "x.transpose(2, 0, 1)"),
    ("sum", "i j k -> k i", "", "i=2 j=3 k=4", "einsum('ijk->ki', x)"),
    ("max", "i j -> i", "", "i=5 j=7", "x.max(1)"),
    ("max", "i j ->", "", "i=5 j=7", "x.max()"),
    ("max", "i j k -> k", "", "i=2 j=3 k=4", "x.max((0, 1))"),
    ("max", "i j -> j i", "", "i=3 j=4", "x.T"),
    ("sum", "-> ", "", "", "x"),
    # Labels that name axes stand in any order; others go by position.
    ("sum", "j i -> i", "", "i=3 j=4", "x.sum(1)"),
    ("sum", "a b -> b a", "", "i=3 j=4", "x.T"),
    ("sum", "a i -> i a", "", "i=3 j=4", "x"),
    ("sum", "a b, b c -> a c", "", "row=3 in=4, in=4 out=5", "x @ y"),
    ("sum", "b q c, b k c -> b q k", "", "batch=2 time=5 channel=3, batch=2 time=5 channel=3", "einsum('bqc,bkc->bqk', x, y)"),
    ("sum", "in out, row in -> row out", "", "out=5 in=4, row=3 in=4", "y @ x.T"),
    # Two operands.
    ("sum", "i k, k j -> i j", "", "i=3 k=4, k=4 j=5", "x @ y"),
    ("sum", "i k, k j -> j i", "", "i=3 k=4, k=4 j=5", "(x @ y).T"),
    ("sum", "i k, j k -> i j", "", "i=3 k=4, j=5 k=4", "x @ y.T"),
    ("sum", "k i, k j -> i j", "", "k=4 i=3, k=4 j=5", "x.T @ y"),
    ("sum", "i, i ->", "", "i=9, i=9", "x @ y"),
    ("sum", "i, j -> i j", "", "i=3, j=4", "np.outer(x, y)"),
    ("sum", "i, i -> i", "", "i=9, i=9", "x * y"),
    ("sum", "i j, i j ->", "", "i=3 j=4, i=3 j=4", "(x * y).sum()"),
    ("sum", "i j, j i -> i", "", "i=3 j=4, j=4 i=3", "einsum('ij,ji->i', x, y)"),
    ("sum", "b s e, s e h -> b h", "", "b=4 s=3 e=5, s=3 e=5 h=6", "einsum('bse,seh->bh', x, y)"),
    ("sum", "b i k, b k j -> b i j", "", "b=2 i=3 k=4, b=2 k=4 j=5", "x @ y"),
    ("sum", "b h q c, b h k c -> b h q k", "", "b=2 h=2 q=4 c=3, b=2 h=2 k=5 c=3", "einsum('bhqc,bhkc->bhqk', x, y)"),
    ("sum", "b h q k, b h k c -> b q h c", "", "b=2 h=2 q=4 k=5, b=2 h=2 k=5 c=3", "einsum('bhqk,bhkc->bqhc', x, y)"),
    ("sum", "i j, k -> k i", "", "i=3 j=4, k=5", "einsum('ij,k->ki', x, y)"),
    ("sum", "i, j -> ", "", "i=3, j=4", "x.sum() * y.sum()"),
    ("sum", ", i -> i", "", ", i=5", "x * y"),
    ("max", "i k, k j -> i j", "", "i=3 k=4, k=4 j=5", "(x[:, :, None] * y[None]).max(1)"),
    ("max", "i, i ->", "", "i=9, i=9", "(x * y).max()"),
    # Any axes.
    ("sum", "... i j -> ... j i", "", "a=2 b=3 i=4 j=5", "x.swapaxes(-1, -2)"),
    ("sum", "... in, in out -> ... out", "", "batch=2 time=3 in=4, in=4 out=5", "x @ y"),
    ("sum", "... in, in out -> out ...", "", "batch=2 time=3 in=4, in=4 out=5", "np.moveaxis(x @ y, -1, 0)"),
    ("sum", "... i, ... i -> ...", "", "a=2 b=3 i=4, b=3 i=4", "(x * y).sum(-1)"),
    ("sum", "a ... -> ...", "", "a=2 b=3 c=4", "x.sum(0)"),
    ("sum", "a ... c -> c ... a", "", "a=2 b=3 c=4", "x.transpose(2, 1, 0)"),
    ("sum", "... i, i -> ...", "", "i=4, i=4", "x @ y"),
    ("max", "... i -> ...", "", "a=2 b=3 i=4", "x.max(-1)"),
    # Fixed indices, slices, windows.
    ("sum", "i 0 -> i", "", "i=3 j=4", "x[:, 0]"),
    ("sum", "2 j -> j", "", "i=3 j=4", "x[2]"),
    ("sum", "... 1 -> ...", "", "a=2 b=3 c=4", "x[..., 1]"),
    ("sum", "0 j, j k -> k", "", "i=3 j=4, j=4 k=5", "x[0] @ y"),
    ("sum", "2*t -> t", "", "time=9", "x[::2]"),
    ("sum", "3*t+1 c -> c t", "", "time=9 c=2", "x[1::3].T"),
    ("sum", "t+4 -> t", "t=3", "time=9", "x[4:7]"),
    ("sum", "t+k, k -> t", "", "time=9, k=3", "np.correlate(x, y)"),
    ("sum", "b t+k c, k c f -> b t f", "", "b=2 time=7 c=3, k=3 c=3 f=4", "einsum('btkc,kcf->btf', windows(x, 1, 3), y)"),
    ("sum", "b 2*t+k c, k c f -> b t f", "", "b=2 time=9 c=3, k=3 c=3 f=4", "einsum('btkc,kcf->btf', windows(x, 1, 3, stride=2), y)"),
    ("sum", "b 2*t+3*k c, k c f -> b f t", "", "b=2 time=11 c=3, k=3 c=3 f=4", "einsum('btkc,kcf->bft', windows(x, 1, 3, stride=2, dilation=3), y)"),
    ("sum", "b t+2*k-4 c, k c f -> b t f", "", "b=2 time=7 c=3, k=3 c=3 f=4", "einsum('btkc,kcf->btf', windows(x, 1, 3, dilation=2, offset=-4), y)"),
    ("sum", "b t+2*k-1 c, k c f -> b t f", "", "b=2 time=7 c=3, k=2 c=3 f=4", "einsum('btkc,kcf->btf', windows(x, 1, 2, dilation=2, offset=-1), y)"),
    ("sum", "b t+k+1 c, k c -> b t c", "", "b=2 time=7 c=3, k=2 c=3", "einsum('btkc,kc->btc', windows(x, 1, 2, offset=1), y)"),
    ("sum", "2*t+k -> t", "k=2", "time=8", "x.reshape(4, 2).sum(1)"),
    ("sum", "r+i s+j, i j -> r s", "", "row=5 column=6, i=2 j=3", "einsum('risj,ij->rs', windows(windows(x, 0, 2), 2, 3), y)"),
    ("max", "b 2*t+k c -> b t c", "k=3", "b=2 time=9 c=3", "windows(x, 1, 3, stride=2).max(2)"),
    ("max", "b t+k-2 c -> b t c", "k=3", "b=2 time=6 c=2", "windows(x, 1, 3, offset=-2, fill=-np.inf).max(2)"),
    ("max", "2*r+i 2*s+j -> r s", "i=2 j=2", "row=4 column=6", "x.reshape(2, 2, 3, 2).max((1, 3))"),
    # More than two, in whatever order.
    ("sum", "i j, j k, k l -> i l", "", "i=2 j=6, j=6 k=3, k=3 l=5", "x @ y @ z"),
    ("sum", "i j, j k, k l -> l i", "", "i=9 j=2, j=2 k=8, k=8 l=3", "(x @ y @ z).T"),
    ("sum", "i, j, k -> k j i", "", "i=2, j=3, k=4", "einsum('i,j,k->kji', x, y, z)"),
    ("sum", "b i, i j o, b j -> b o", "", "b=3 i=4, i=4 j=5 o=2, b=3 j=5", "einsum('bi,ijo,bj->bo', x, y, z)"),
    ("sum", "i a, a b, b c, c i -> i", "", "i=3 a=2, a=2 b=4, b=4 c=3, c=3 i=3", "einsum('ia,ab,bc,ci->i', x, y, z, w)"),
    ("sum", "i, i, i, i ->", "", "i=5, i=5, i=5, i=5", "(x * y * z * w).sum()"),
    ("sum", "b t+k c, k f, c f -> b t f", "", "b=2 time=6 c=3, k=2 f=4, c=3 f=4", "einsum('btkc,kf,cf->btf', windows(x, 1, 2), y, z)"),
    ("max", "i, j, k -> j", "", "i=2, j=3, k=4", "(x[:, None, None] * y[:, None] * z).max((0, 2))"),
]


def operand(n, axes):
    lengths = [int(axis.split("=")[1]) for axis in axes.split()]
    i = np.arange(int(np.prod(lengths, dtype=int)))
    return (((7 * i + 5 * n + i // 5) % 13 - 6) / 4).reshape(lengths)


for kind, notation, given, operands, numpy in CASES:
    values = {name: operand(n, axes) for n, (name, axes) in enumerate(zip("xyzw", operands.split(",")))}
    result = np.asarray(eval(numpy, globals(), values))
    print(f"{kind:9}{notation.strip()}")
    print(f"numpy    {numpy}")
    print(f"axes     {operands}".rstrip())
    if given:
        print(f"given    {given}")
    print(f"lengths  {' '.join(str(length) for length in result.shape)}".rstrip())
    print(f"result   {' '.join(repr(float(value)).removesuffix('.0') for value in result.ravel())}")
    print()
