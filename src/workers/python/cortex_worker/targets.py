"""What is to be predicted: class numbers, labels that may hold together, or numbers."""

from dataclasses import dataclass
from typing import Optional

import numpy as np

from .arrays import not_a_number, to_array, to_numbers, wrong_form
from .outcome import Refused

MOST_GUESSED_CLASSES = 100


@dataclass(frozen=True)
class Targets:
    """Classification: `values` are numbers into `classes`, one a row. Else (rows, units): numbers,
    or (`multi-label`) a 0 or 1 for each label."""

    task: str
    values: np.ndarray
    classes: tuple = ()
    #: Classification: what is learned in place of the numbers, shares of each class by row.
    soft: Optional[np.ndarray] = None

    @property
    def units(self):
        return len(self.classes) if self.task == "classification" else self.values.shape[1]

    def __len__(self):
        return len(self.values)

    def rows(self, numbers):
        soft = None if self.soft is None else self.soft[numbers]
        return Targets(self.task, self.values[numbers], self.classes, soft)


def read_targets(value, task=None, name="targets"):
    """`task` decides where given; else texts and booleans, one-hot rows, and whole numbers
    0 … k−1 that repeat are classes, rows of 0 and 1 are labels that may hold together, and
    everything else is regression."""
    array = to_array(value, name)
    if task not in ("regression", "multi-label") and array.dtype.kind in "OUSb":
        names = names_of(array, name)
        if names is not None:
            return from_names(names)
    numbers = to_numbers(array, name)
    if numbers.ndim > 2:
        raise wrong_form(name, f"of shape {list(numbers.shape)}")
    columns = numbers.reshape(len(numbers), -1)
    known = task or guess_task(columns)
    if known == "classification":
        return from_numbers(columns, name)
    if known == "multi-label" and not np.isin(columns, (0, 1)).all():
        raise wrong_form(name, "with labels that are neither 0 nor 1")
    return Targets(known, columns)


def names_of(array, name):
    flat = array.reshape(-1)
    if len(flat) != len(array) or not any(isinstance(item, (str, bool, np.bool_)) for item in flat):
        return None
    for row, item in enumerate(flat):
        if item is None or item == "" or item != item:
            raise not_a_number(f"{name}[{row}]", "empty")
    return [str(item) for item in flat]


def from_names(names):
    """Classes in numeric order where all are numbers, else alphabetically."""
    distinct = sorted(set(names))
    if all(is_number(each) for each in distinct):
        distinct.sort(key=float)
    place = {each: index for index, each in enumerate(distinct)}
    values = np.array([place[each] for each in names], dtype=np.int64)
    return Targets("classification", values, tuple(distinct))


def from_numbers(columns, name):
    if columns.shape[1] == 1:
        return from_names([label(value) for value in columns[:, 0]])
    if not is_one_hot(columns):
        raise wrong_form(name, f"of {columns.shape[1]} numbers a row that are not one-hot")
    classes = tuple(str(index) for index in range(columns.shape[1]))
    return Targets("classification", columns.argmax(axis=1).astype(np.int64), classes)


def guess_task(columns):
    if is_one_hot(columns):
        return "classification"
    if are_labels(columns):
        return "multi-label"
    if columns.shape[1] != 1 or len(columns) == 0:
        return "regression"
    distinct = np.unique(columns)
    counted = np.array_equal(distinct, np.arange(len(distinct)))
    few = len(distinct) <= min(MOST_GUESSED_CLASSES, len(columns) / 2)
    return "classification" if counted and few else "regression"


def is_one_hot(columns):
    if columns.shape[1] < 2 or len(columns) == 0:
        return False
    return bool(np.isin(columns, (0, 1)).all() and (columns.sum(axis=1) == 1).all())


def are_labels(columns):
    """Rows of 0 and 1 of which several may be 1."""
    if columns.ndim != 2 or columns.shape[1] < 2 or is_one_hot(columns):
        return False
    return bool(np.isin(columns, (0, 1)).all() and (columns == 1).any())


def renumbered(targets, classes, part):
    """The same labels numbered by other classes: those of the training part."""
    if targets.task != "classification":
        return targets
    for each in targets.classes:
        if each not in classes and (targets.values == targets.classes.index(each)).any():
            raise Refused(
                "data-unknown-class",
                f"Class {each} is in the {part} part but not in the training part.",
                "every class in the training part.",
                "Make the splits so that each class is trained on.",
            )
    place = np.array([classes.index(c) if c in classes else 0 for c in targets.classes])
    return Targets("classification", place[targets.values], classes)


def is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return text.strip() != ""


def label(value):
    return str(int(value)) if value == int(value) else repr(float(value))
