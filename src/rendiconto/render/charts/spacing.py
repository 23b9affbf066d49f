"""Where labels may stand so that none covers another."""

import itertools
from collections.abc import Sequence


def dodge(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Centres of labels as near as they can be to ``wanted`` with no two overlapping, all between ``low`` and ``high``.

    Order is kept (ties by position in the sequence). Labels that touch move as one block to the mean of what its members
    want, which makes the sum of squared shifts least. When they cannot all fit, they are packed from ``low`` on, still apart.
    """
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    # Each block: members, total size, and the mean place its first edge would like.
    blocks: list[tuple[list[int], float, float]] = []
    for index in order:
        block = ([index], sizes[index], wanted[index] - sizes[index] / 2)
        while blocks and _clamp(blocks[-1], low, high) + blocks[-1][1] > _clamp(block, low, high):
            block = _merge(blocks.pop(), block)
        blocks.append(block)
    centres = [0.0] * len(wanted)
    for block in blocks:
        edge = _clamp(block, low, high)
        for index in block[0]:
            centres[index] = edge + sizes[index] / 2
            edge += sizes[index]
    return centres


def _merge(first: tuple[list[int], float, float], second: tuple[list[int], float, float]) -> tuple[list[int], float, float]:
    one, other = len(first[0]), len(second[0])
    edge = (one * first[2] + other * (second[2] - first[1])) / (one + other)
    return ([*first[0], *second[0]], first[1] + second[1], edge)


def _clamp(block: tuple[list[int], float, float], low: float, high: float) -> float:
    return max(low, min(block[2], high - block[1]))


def thin(widths: Sequence[float], places: Sequence[float], gap: float) -> list[bool]:
    """Which labels of an axis to keep: all, or every n-th counted from the last, none touching its neighbour."""
    last = len(widths) - 1
    for step in range(1, len(widths) + 1):
        kept = [index for index in range(last + 1) if (last - index) % step == 0]
        pairs = itertools.pairwise(kept)
        if all(places[b] - places[a] >= (widths[a] + widths[b]) / 2 + gap for a, b in pairs):
            return [index in kept for index in range(last + 1)]
    return [index == last for index in range(last + 1)]
