"""Curves of a trial: means over folds, and whether a run has fallen behind its parent."""

import math

#: At most so many looks at a curve, evenly spaced over its epochs.
LOOKS = 10


def mean_curves(folds):
    """At each epoch the mean over those that came so far; None where one of them was no number."""
    if len(folds) < 2:
        return folds[0] if folds else {}
    keys = list(dict.fromkeys(key for curves in folds for key in curves))
    return {key: mean_curve([curves[key] for curves in folds if key in curves]) for key in keys}


def mean_curve(curves):
    longest = max(len(curve) for curve in curves)
    return [mean_at([c[epoch] for c in curves if epoch < len(c)]) for epoch in range(longest)]


def mean_at(values):
    return None if None in values else sum(values) / len(values)


def has_fallen_behind(bound, curve):
    """The question of src/judge/fallenBehind.ts: behind now and before, and at the end by its pace."""
    expected, margin = bound["expected"], bound["margin"]
    count, epochs = len(curve), len(expected)
    if not (2 < count < epochs and count % math.ceil(epochs / LOOKS) == 0):
        return False
    sign = 1 if bound["direction"] == "minimize" else -1
    now = min(sign * number(curve[-2]), sign * number(curve[-1]))
    window = max(2, math.ceil(count / 3))
    pace = max(0, (sign * number(curve[count - 1 - window]) - now) / window)
    end = now - pace * (epochs - count)
    return (
        now - sign * expected[count - 1] > margin[count - 1]
        and end - sign * expected[-1] > margin[-1]
    )


def describe_stop(bound, curve):
    last = len(curve) - 1
    difference, half = curve[last] - bound["expected"][last], bound["margin"][last]
    return (
        f"Stopped at epoch {len(curve)} of {len(bound['expected'])}: {bound['metric']} "
        f"{curve[last]:.4g}, {signed(difference)} against its parent there "
        f"({100 * bound['confidence']:.4g} % interval {signed(difference - half)} to "
        f"{signed(difference + half)}), and too slow to catch up."
    )


def signed(value):
    return f"{value:+.4g}".replace("-", "−")


def number(value):
    return math.nan if value is None else value
