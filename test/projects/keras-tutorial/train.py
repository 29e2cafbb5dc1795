"""The recipe of the KerasCortex tutorial: 10,000 rows of 100 features, ten of them informative."""

from model import build_model
from sklearn.datasets import make_regression
from sklearn.model_selection import train_test_split

x, y = make_regression(
    n_samples=10_000, n_features=100, n_informative=10, noise=0.1, random_state=42
)
x_train, x_val, y_train, y_val = train_test_split(x, y, test_size=0.2, random_state=42)

model = build_model()
model.fit(x_train, y_train, validation_data=(x_val, y_val), epochs=10, batch_size=516)
