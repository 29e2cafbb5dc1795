"""Row numbers of each part, dealt exactly as src/workers/tfjs/data/split.ts deals them."""

import math

from .seeded import seeded_random


def deal_rows(rows, labels, split):
    """One split, or one a fold: dicts of ascending row numbers for train, validation and test.
    With `labels` each class is split by itself, so that every part has its share."""
    if split["folds"] > 1:
        return fold_rows(rows, labels, split)
    return [split_rows(rows, labels, split)]


def split_rows(rows, labels, split):
    draw = seeded_random(split["seed"])
    parts = {"train": [], "validation": [], "test": []}
    for group in groups_of(rows, labels):
        shuffle(group, draw)
        test = sealed_of(group, split)
        share = rounded(len(group) * split["validation"])
        validation = min(share, len(group) - 1 - test)
        parts["test"] += group[:test]
        parts["validation"] += group[test : test + validation]
        parts["train"] += group[test + validation :]
    return {name: sorted(part) for name, part in parts.items()}


def fold_rows(rows, labels, split):
    """The sealed rows are in no fold, every other row in the validation part of exactly one."""
    draw = seeded_random(split["seed"])
    test, folds, dealt = [], [[] for _ in range(split["folds"])], 0
    for group in groups_of(rows, labels):
        shuffle(group, draw)
        sealed = sealed_of(group, split)
        test += group[:sealed]
        for row in group[sealed:]:
            folds[dealt % len(folds)].append(row)
            dealt += 1
    return [
        {
            "train": sorted(row for other in folds if other is not fold for row in other),
            "validation": sorted(fold),
            "test": sorted(test),
        }
        for fold in folds
    ]


def sealed_of(group, split):
    return min(rounded(len(group) * split["test"]), len(group) - 1)


def rounded(value):
    """As JavaScript rounds: halves go up."""
    return math.floor(value + 0.5)


def groups_of(rows, labels):
    groups = {}
    for row in range(rows):
        groups.setdefault(0 if labels is None else int(labels[row]), []).append(row)
    return [groups[label] for label in sorted(groups)]


def shuffle(items, draw):
    for last in range(len(items) - 1, 0, -1):
        other = math.floor(draw() * (last + 1))
        items[last], items[other] = items[other], items[last]
