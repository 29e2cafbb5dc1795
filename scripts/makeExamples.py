"""Writes the data of the examples from the copies that scikit-learn carries.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install scikit-learn==1.9.1
    /tmp/venv/bin/python scripts/makeExamples.py

The rows and their order are those of scikit-learn; nothing is scaled, dropped or shuffled.
"""
import csv
from pathlib import Path

from sklearn.datasets import load_diabetes, load_digits

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def write_table(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    print(f"{path.relative_to(EXAMPLES.parent)}: {len(rows)} rows, {len(header)} columns")


def number(value):
    """The shortest text that reads back as the same number."""
    return int(value) if float(value).is_integer() else float(value)


def digits():
    data = load_digits()
    header = [f"pixel_{row}_{column}" for row in range(8) for column in range(8)] + ["label"]
    rows = [[*map(number, pixels), int(label)] for pixels, label in zip(data.data, data.target)]
    write_table(EXAMPLES / "digits" / "digits.csv", header, rows)


def diabetes():
    data = load_diabetes(scaled=False)
    header = [*data.feature_names, "progression"]
    rows = [[*map(number, features), number(target)] for features, target in zip(data.data, data.target)]
    write_table(EXAMPLES / "diabetes" / "diabetes.csv", header, rows)


digits()
diabetes()
