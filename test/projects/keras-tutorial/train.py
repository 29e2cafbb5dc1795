"""The recipe of the KerasCortex tutorial: 10,000 rows of 100 features, 60 / 20 / 20."""

from model import build_model
from sklearn.datasets import make_regression
from sklearn.model_selection import train_test_split

x, y = make_regression(n_samples=10_000, n_features=100, noise=0.1, random_state=42)
x_train, x_other, y_train, y_other = train_test_split(x, y, test_size=0.4, random_state=42)
x_val, x_test, y_val, y_test = train_test_split(
    x_other, y_other, test_size=0.5, random_state=42
)

model = build_model()
model.fit(x_train, y_train, validation_data=(x_val, y_val), epochs=10, batch_size=516)
