"""How a single number to be predicted lies: outliers, and turns along an input. The same as
structure.ts of the tfjs worker."""

import numpy as np

MOST_ROWS = 4096
MOST_INPUTS = 32
BINS = 48
ROWS_OF_BIN = 8
OF_NORMAL = 1.4826
FAR = 5


def structure_of(train):
    rows = len(train)
    step = max(1, -(-rows // MOST_ROWS))
    values = train.targets.values.reshape(rows)[::step].astype(np.float64)
    inputs = train.inputs.reshape(rows, -1)[::step, :MOST_INPUTS]
    turns = [turns_along(inputs[:, column], values) for column in range(inputs.shape[1])]
    return {"outliers": outliers_in(values), "turns": max([0, *turns])}


def outliers_in(values):
    middle = np.median(values)
    deviation = OF_NORMAL * np.median(np.abs(values - middle))
    return float((np.abs(values - middle) > FAR * deviation).mean()) if deviation > 0 else 0.0


def turns_along(column, values):
    """Turns of the target's mean over bins of like many rows, those within the noise left out."""
    count = min(BINS, len(values) // ROWS_OF_BIN)
    if count < 4 or len(np.unique(column)) < count:
        return 0
    size = len(values) // count
    bins = values[np.argsort(column, kind="stable")][: size * count].reshape(count, size)
    error = np.sqrt(bins.var(axis=1).mean() / size)
    return turns_of(bins.mean(axis=1), 4 * error)


def turns_of(curve, least):
    """Changes of direction by more than `least`; `end` is the highest since the curve rises, the
    lowest since it falls."""
    turns, way, end = 0, 0, curve[0]
    for value in curve:
        further = way != 0 and (value - end) * way > 0
        back = abs(value - end) > least and not further
        if back:
            turns, way = turns + abs(way), 1 if value > end else -1
        if back or further:
            end = value
    return turns
