"""Files of data: CSV and JSON lines by the standard library, NPZ by numpy, Parquet by pyarrow."""

import csv
import io
import json
import os

import numpy as np

from .arrays import not_a_number, to_inputs
from .outcome import Refused, described
from .parts import Table, wrong_shape
from .targets import from_names, read_targets


def read_table(path, source):
    """The table a study file names: {csv|jsonl|parquet, target, task, separator?, inputShape?}."""
    header, columns = columns_of(path, source)
    if source["target"] not in header:
        raise Refused(
            "data-missing-column",
            f'{path} has no column "{source["target"]}".',
            f"one of its columns: {', '.join(header)}.",
            'Name the target column under "data.target" in cortex.json.',
        )
    features = [name for name in header if name != source["target"]]
    numbers = [to_column(columns[name], name, path) for name in features]
    inputs = np.stack(numbers, axis=1).astype(np.float32)
    shape = shape_for(source, len(features), path)
    targets = table_targets(columns[source["target"]], source, path)
    return Table(inputs.reshape([len(inputs), *shape]), targets)


def columns_of(path, source):
    if path.endswith(".parquet") or "parquet" in source:
        return read_parquet(path)
    return read_jsonl(path) if "jsonl" in source else read_csv(path, source.get("separator"))


def table_targets(values, source, path):
    if source["task"] == "regression":
        column = to_column(values, source["target"], path)
        return read_targets(column.astype(np.float32), "regression")
    names = [str(value).strip() for value in values]
    for row, name in enumerate(names):
        if name == "":
            raise not_a_number(where(path, row, source["target"]), "empty")
    return from_names(names)


def text_of(path):
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            return file.read()
    except FileNotFoundError:
        raise missing(path) from None


def empty(path):
    return Refused(
        "data-empty",
        f"{path} has no rows.",
        "at least ten rows.",
        'Put data into it, or name another source under "data" in cortex.json.',
    )


def read_jsonl(path):
    try:
        records = [json.loads(line) for line in text_of(path).splitlines() if line.strip()]
        header = list(records[0]) if records else []
        columns = {name: [record.get(name, "") for record in records] for name in header}
    except (ValueError, TypeError, AttributeError) as error:
        raise Refused(
            "data-malformed-file",
            f"{path} cannot be read: {described(error)}.",
            'an object such as {"width": 1.5, "kind": "round"} in each line.',
            'Correct the file, or what stands under "data" in cortex.json.',
        ) from error
    if not records:
        raise empty(path)
    return header, columns


def read_csv(path, separator=None):
    text = text_of(path)
    delimiter = separator or separator_of(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    records = [[cell.strip() for cell in row] for row in rows if any(row)]
    if len(records) < 2:
        raise empty(path)
    header = records[0]
    for line, record in enumerate(records[1:], start=2):
        if len(record) != len(header):
            raise Refused(
                "data-malformed-csv",
                f"{path}, line {line}: {len(record)} cells under {len(header)} columns.",
                "a header line and rows with as many cells.",
                "Correct the line it names.",
            )
    return header, {name: [r[i] for r in records[1:]] for i, name in enumerate(header)}


def separator_of(text):
    header = text.split("\n", 1)[0]
    return max((",", ";", "\t", "|"), key=header.count)


def read_parquet(path):
    if not os.path.exists(path):
        raise missing(path)
    try:
        import pyarrow.parquet as parquet
    except ImportError:
        raise Refused(
            "data-needs-pyarrow",
            f"{path} is Parquet, and this Python has no pyarrow.",
            "pyarrow beside the framework.",
            "Install pyarrow into the project's environment, or export the table as CSV.",
            kind="environment",
        ) from None
    table = parquet.read_table(path)
    return table.column_names, {name: table[name].to_pylist() for name in table.column_names}


def to_column(values, name, path):
    column = np.empty(len(values), dtype=np.float64)
    for row, value in enumerate(values):
        column[row] = number_at(value, (path, row, name))
    return column


def number_at(value, place):
    try:
        number = float(value)
    except (TypeError, ValueError):
        got = "empty" if value in ("", None) else f'"{value}"'
        raise not_a_number(where(*place), got) from None
    if not np.isfinite(number):
        raise not_a_number(where(*place), str(number))
    return number


def where(path, row, name):
    return f'{path}: row {row + 1} (line {row + 2}), column "{name}"'


def shape_for(source, columns, path):
    shape = source.get("inputShape") or [columns]
    if int(np.prod(shape)) == columns:
        return shape
    raise wrong_shape(
        f"data.inputShape {shape} holds {int(np.prod(shape))} numbers; {path} has {columns} "
        "columns beside the target.",
        f"a shape of {columns} numbers.",
    )


#: Names under which an NPZ file holds its parts.
PARTS = {
    "whole": [("x", "y"), ("X", "y"), ("inputs", "targets"), ("data", "labels"), ("data", "target")],
    "train": [("x_train", "y_train"), ("X_train", "y_train"), ("train_inputs", "train_targets")],
    "validation": [("x_val", "y_val"), ("X_val", "y_val"), ("validation_inputs", "validation_targets")],
    "test": [("x_test", "y_test"), ("X_test", "y_test"), ("test_inputs", "test_targets")],
}


def read_npz(path, task=None):
    """By part: a table under 'whole', or under 'train', 'validation' and 'test'."""
    if not os.path.exists(path):
        raise missing(path)
    try:
        archive = np.load(path, allow_pickle=False)
        names = set(archive.files)
        task = str(archive["task"]) if "task" in names else task
        parts = {
            part: table_of(archive, pair, task)
            for part, pairs in PARTS.items()
            for pair in pairs
            if names >= set(pair)
        }
    except (ValueError, OSError, AttributeError) as error:
        raise Refused(
            "data-malformed-npz",
            f"{path} cannot be read: {described(error)}.",
            "an archive of numpy arrays, without pickled objects.",
            "Write it again with numpy.savez(path, x=inputs, y=targets).",
        ) from error
    if not parts.keys() & {"whole", "train"}:
        raise Refused(
            "data-missing-arrays",
            f"{path} holds {', '.join(sorted(names)) or 'nothing'}.",
            "x and y, or x_train, y_train and x_test, y_test.",
            "Write it again with numpy.savez(path, x=inputs, y=targets).",
        )
    return parts


def table_of(archive, pair, task):
    return Table(to_inputs(archive[pair[0]], pair[0]), read_targets(archive[pair[1]], task, pair[1]))


def missing(path):
    return Refused(
        "data-file-missing",
        f"The data file {path} does not exist.",
        "a data module (data.py with load_data), a CSV or Parquet table, or an NPZ file.",
        'Put it there, or name another one under "data" in cortex.json.',
    )
