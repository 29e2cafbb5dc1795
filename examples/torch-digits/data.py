"""The digits that scikit-learn ships, as Cortex and train.py read them."""

from sklearn.datasets import load_digits


def load_data():
    digits = load_digits()
    return (digits.data / 16.0).astype("float32"), digits.target
