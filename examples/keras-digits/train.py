"""Trains model.py on the digits that scikit-learn ships: python train.py"""

import keras
from model import build_model
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

digits = load_digits()
x = (digits.data / 16.0).astype("float32")
y = keras.utils.to_categorical(digits.target, 10)
x_train, x_test, y_train, y_test = train_test_split(
    x, y, test_size=360, random_state=0, stratify=digits.target
)

model = build_model()
model.fit(
    x_train,
    y_train,
    epochs=20,
    batch_size=32,
    validation_split=0.1,
    callbacks=[keras.callbacks.CSVLogger("train_log.csv")],
)
print("test:", model.evaluate(x_test, y_test, return_dict=True))
