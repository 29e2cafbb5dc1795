"""What people return as data, as arrays: numbers, tensors, frames, datasets and loaders."""

import itertools

import numpy as np

from .outcome import Refused

FORMS = (
    "arrays, lists, tensors or data frames of numbers, (inputs, targets), or splits of these: "
    "{'train': (x, y), 'validation': (x, y), 'test': (x, y)}"
)

class Memory:
    """How many values are taken into memory at once; set by what the worker may take."""

    most_values = 250_000_000

    @classmethod
    def allow(cls, megabytes):
        """A quarter for the data as float32: they are held twice while they are split."""
        cls.most_values = int(megabytes * 2**20 / 16)


def wrong_form(where, got):
    return Refused(
        "data-wrong-form",
        f"{where} is {got}.",
        f"{FORMS}.",
        "Return the data from load_data in one of these forms.",
    )


def not_a_number(where, got):
    return Refused(
        "data-not-a-number",
        f"{where} is {got}.",
        "a finite number in every input and every regression target.",
        "Remove or fill the row, or leave the column out of the table.",
    )


def to_inputs(value, name):
    """float32 of shape (rows, ...), at least two-dimensional; refuses what is no finite number."""
    numbers = to_numbers(value, name)
    return numbers.reshape(-1, 1) if numbers.ndim == 1 else numbers


def to_numbers(value, name):
    array = to_array(value, name)
    if array.ndim == 0:
        raise wrong_form(name, f"a single value ({value!r:.40})")
    try:
        numbers = np.ascontiguousarray(array, dtype=np.float32)
    except (TypeError, ValueError) as error:
        raise wrong_form(name, f"an array of {array.dtype} ({error})") from error
    bad = ~np.isfinite(numbers)
    if bad.any():
        place = np.argwhere(bad)[0]
        raise not_a_number(name + "".join(f"[{i}]" for i in place), str(numbers[tuple(place)]))
    return numbers


def to_array(value, name):
    """A numpy array of whatever holds numbers; sizes are looked at first."""
    for method in ("detach", "cpu"):
        value = getattr(value, method)() if callable(getattr(value, method, None)) else value
    if hasattr(value, "toarray"):
        value = value.toarray()
    if not hasattr(value, "shape") and not isinstance(value, (list, tuple)):
        raise wrong_form(name, described(value))
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise wrong_form(name, f"ragged: {error}") from error
    if array.size > Memory.most_values:
        raise Refused(
            "data-too-large",
            f"{name} has the shape {list(array.shape)}: {array.size:,} values.",
            f"at most {Memory.most_values:,} values, which are held in memory.",
            "Return a part of the data from load_data.",
        )
    return array


def described(value):
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return f"a dict with {', '.join(map(str, list(value)[:5])) or 'no keys'}"
    if isinstance(value, (list, tuple)):
        return f"a {type(value).__name__} of {len(value)}"
    return f"a {type(value).__name__}"


def is_pair(value):
    return isinstance(value, (list, tuple)) and len(value) == 2


def pair_of(value, name):
    """(inputs, targets) of one part, in any of the forms; datasets are read to their end."""
    if isinstance(value, dict):
        return pair_of_dict(value, name)
    if is_pair(value):
        return value
    if hasattr(value, "data") and hasattr(value, "target"):
        return value.data, value.target
    if is_iterable_of_pairs(value):
        return collect(value, name)
    raise wrong_form(name, described(value))


def pair_of_dict(value, name):
    for inputs, targets in (("inputs", "targets"), ("x", "y"), ("X", "y"), ("data", "target")):
        if inputs in value and targets in value:
            return value[inputs], value[targets]
    raise wrong_form(name, f"{described(value)}, without inputs and targets")


def is_iterable_of_pairs(value):
    """tf.data.Dataset, DataLoader, torch Dataset, keras PyDataset or Sequence, a generator."""
    if hasattr(value, "shape") or isinstance(value, (str, bytes, dict, list, tuple)):
        return False
    return hasattr(value, "__iter__") or hasattr(value, "__getitem__")


def collect(value, name, most=None):
    """All rows of a dataset."""
    inputs, targets = zip(*batches_of(value, name, most))
    return np.concatenate(inputs), np.concatenate(targets)


def batches_of(value, name, most=None):
    """The elements of a dataset (at most so many) as batches of arrays; whether they are rows or
    batches is found out from the first one."""
    batches, rows, values = [], 0, 0
    batched = None
    for element in itertools.islice(elements_of(value), most):
        x, y = element_pair(element, name)
        x, y = to_array_or_value(x, name), to_array_or_value(y, name)
        if batched is None:
            batched = looks_batched(value, x, y)
        batches.append((x, y) if batched else (x[None], y[None]))
        rows += len(batches[-1][0])
        values += x.size
        if values > Memory.most_values:
            raise Refused(
                "data-without-end",
                f"{name} does not end: {rows:,} rows were read.",
                "a dataset that ends, small enough for memory.",
                "Bound it in load_data (dataset.take(n), itertools.islice).",
            )
    if not batches:
        raise wrong_form(name, "empty")
    return batches


def elements_of(value):
    """Also of what has a length and an index but no iterator that ends (keras Sequence)."""
    if hasattr(value, "__len__") and hasattr(value, "__getitem__") and not is_loader(value):
        return (value[index] for index in range(len(value)))
    return iter(value)


def is_loader(value):
    return hasattr(value, "batch_size") and hasattr(value, "dataset")


def element_pair(element, name):
    if isinstance(element, dict):
        return pair_of_dict(element, f"an element of {name}")
    if isinstance(element, (list, tuple)) and len(element) >= 2:
        return element[0], element[1]
    raise wrong_form(f"an element of {name}", described(element))


def to_array_or_value(value, name):
    if np.isscalar(value):
        return np.asarray(value)
    if hasattr(value, "numpy") and not hasattr(value, "detach"):
        value = value.numpy()
    return to_array(value, name)


def looks_batched(source, x, y):
    if hasattr(source, "element_spec"):
        shape = getattr(source.element_spec[0], "shape", None)
        return shape is not None and len(shape) > 0 and shape[0] is None
    if is_loader(source):
        return source.batch_size is not None
    return x.ndim >= 2 and y.ndim >= 1 and len(x) == len(y)
