"""KerasCortex itself on the recipe of its tutorial, with a language model that gives the six answers
printed there: prints a line of JSON with the seconds of all and the R² of every step."""

import json
import os
import sys
import time

os.environ["KERAS_BACKEND"] = "jax"

import dspy
from dspy.utils import DummyLM
from sklearn.datasets import make_regression
from sklearn.model_selection import train_test_split

from centimators.model_estimators import KerasCortex, MLPRegressor

#: What each of the tutorial's answers has: the activation, and the units of one more layer.
ANSWERS = [
    ("relu", None), ("leaky_relu", None), ("leaky_relu", 64), ("leaky_relu", 128), ("relu", 256),
    ("swish", 128),
]


def code_of(activation, further):
    more = [] if further is None else [
        f"    x = layers.Dense({further}, activation='{activation}')(x)",
        "    x = layers.Dropout(self.dropout_rate)(x)",
    ]
    return "\n".join([
        "def build_model(self):",
        "    inputs = layers.Input(shape=(self._n_features_in_,), name='features')",
        "    x = inputs",
        "    for units in self.hidden_units:",
        f"        x = layers.Dense(units, activation='{activation}')(x)",
        "        x = layers.Dropout(self.dropout_rate)(x)",
        "        x = layers.BatchNormalization()(x)",
        *more,
        "    outputs = layers.Dense(self.output_units, activation='linear')(x)",
        "    self.model = models.Model(inputs=inputs, outputs=outputs)",
        "    self.model.compile(optimizer='adam', loss=self.loss_function, metrics=self.metrics)",
        "    return self",
    ])


def scripted(name):
    fields = ({"reasoning": "As printed.", "suggested_keras_code_modification": code_of(*answer)}
              for answer in ANSWERS)
    return DummyLM(list(fields))


def rows():
    x, y = make_regression(n_samples=10_000, n_features=100, noise=0.1, random_state=42)
    x_train, x_other, y_train, y_other = train_test_split(x, y, test_size=0.4, random_state=42)
    x_val, _, y_val, _ = train_test_split(x_other, y_other, test_size=0.5, random_state=42)
    return (x_train, y_train), (x_val, y_val)


dspy.LM = scripted
train, validation = rows()
# The estimator as it was when the tutorial was written: targets as they are.
base = MLPRegressor(hidden_units=(64, 32), dropout_rate=0.1, target_scaler=None)
cortex = KerasCortex(base_estimator=base, n_iterations=len(ANSWERS), lm="scripted")
started = time.perf_counter()
with open(os.devnull, "w") as quiet:
    shown, sys.stdout = sys.stdout, quiet
    cortex.fit(*train, validation_data=validation, epochs=10, batch_size=516, verbose=0)
    sys.stdout = shown
seconds = time.perf_counter() - started
print(json.dumps({"seconds": seconds, "r2": [metric for _, metric in cortex.performance_log_]}))
