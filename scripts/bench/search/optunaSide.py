"""Optuna on Keras-JAX on the same parts of the same data: TPE, median pruner, the usual space.

`split FOLDER` writes the parts as JSON; `run DATA SECONDS EPOCHS SEEDS` searches and prints one line of
JSON: the losses of the best configuration on the test part, one of each of the new seeds (`101,102`).
"""
import json
import os
import sys
import time

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("JAX_PLATFORMS", "cpu")
import numpy as np

SEED = 0


def tables():
    from sklearn import datasets as d

    digits, wine, cancer, diabetes = d.load_digits(), d.load_wine(), d.load_breast_cancer(), d.load_diabetes()
    x, y = d.make_friedman1(n_samples=600, noise=0.5, random_state=SEED)
    yield "digits", digits.data, digits.target, "classification"
    yield "wine", wine.data, wine.target, "classification"
    yield "breast cancer", cancer.data, cancer.target, "classification"
    yield "diabetes", diabetes.data, diabetes.target, "regression"
    yield "Friedman", x, y, "regression"
    yield "digit images", digits.images[..., None], digits.target, "classification"
    yield "shapes", *shapes(), "classification"
    yield "adding", *adding(), "regression"


def shapes():
    """Squares, discs and crosses of any size and place, in noise."""
    rng = np.random.RandomState(SEED)
    kinds = np.arange(900) % 3
    grid = np.indices((12, 12))
    images = []
    for kind in kinds:
        place, size = rng.randint(3, 9, 2), rng.randint(2, 4)
        off = np.abs(grid - place[:, None, None])
        square, disc = off.max(0) <= size, (off**2).sum(0) <= size**2
        cross = (off.min(0) == 0) & (off.max(0) <= size)
        images.append((square, disc, cross)[kind] + rng.normal(0, 0.5, (12, 12)))
    return np.array(images)[..., None], kinds


def adding():
    """Twenty steps of a number and a mark: the sum of the two numbers that are marked."""
    rng = np.random.RandomState(SEED)
    x = np.zeros((1500, 20, 2))
    x[..., 0] = rng.rand(1500, 20)
    for row in x:
        row[rng.choice(20, 2, replace=False), 1] = 1
    return x, (x[..., 0] * x[..., 1]).sum(1)


def split(folder):
    os.makedirs(folder, exist_ok=True)
    for name, x, y, task in tables():
        order = np.random.RandomState(SEED).permutation(len(x))
        a, b = int(0.6 * len(x)), int(0.8 * len(x))
        parts = {"train": order[:a], "validation": order[a:b], "test": order[b:]}
        x = (x - x[order[:a]].mean(0)) / (x[order[:a]].std(0) + 1e-9)
        if task == "regression":
            y = (y - y[order[:a]].mean()) / y[order[:a]].std()
        out = {"task": task}
        for part, rows in parts.items():
            targets = y[rows].tolist()
            out[part] = {"inputs": np.round(x[rows], 6).tolist(), "targets": targets}
        with open(os.path.join(folder, name.replace(" ", "-") + ".json"), "w") as file:
            json.dump(out, file)


def front(trial, model, shape, act):
    """What an image or a sequence is read by before the dense layers."""
    import keras

    if len(shape) == 3:
        for layer in range(trial.suggest_int("convolutions", 0, 2)):
            filters = trial.suggest_int(f"filters {layer}", 4, 64, log=True)
            model.add(keras.layers.Conv2D(filters, 3, padding="same", activation=act))
            model.add(keras.layers.MaxPooling2D())
    if len(shape) == 2:
        kind = trial.suggest_categorical("front", ["none", "lstm", "gru", "conv"])
        if kind != "none":
            width = trial.suggest_int("front width", 4, 64, log=True)
            kinds = {"lstm": keras.layers.LSTM, "gru": keras.layers.GRU}
            model.add(keras.layers.Conv1D(width, 3, activation=act) if kind == "conv" else kinds[kind](width))
    if len(shape) > 1:
        model.add(keras.layers.Flatten())


def build(trial, shape, outputs, task):
    import keras

    layers = trial.suggest_int("layers", 1, 3)
    act = trial.suggest_categorical("activation", ["relu", "tanh", "elu", "swish"])
    drop = trial.suggest_float("dropout", 0.0, 0.5)
    norm = trial.suggest_categorical("batch norm", [False, True])
    l2 = trial.suggest_float("l2", 1e-7, 1e-2, log=True)
    model = keras.Sequential([keras.Input(shape)])
    front(trial, model, shape, act)
    for layer in range(layers):
        units = trial.suggest_int(f"units {layer}", 8, 256, log=True)
        model.add(keras.layers.Dense(units, activation=act, kernel_regularizer=keras.regularizers.L2(l2)))
        if norm:
            model.add(keras.layers.BatchNormalization())
        if drop > 0:
            model.add(keras.layers.Dropout(drop))
    model.add(keras.layers.Dense(outputs, activation="softmax" if task == "classification" else None))
    rate = trial.suggest_float("learning rate", 1e-4, 1e-1, log=True)
    kind = trial.suggest_categorical("optimizer", ["adam", "rmsprop", "sgd"])
    optimizer = {"adam": keras.optimizers.Adam, "rmsprop": keras.optimizers.RMSprop, "sgd": keras.optimizers.SGD}
    loss = "sparse_categorical_crossentropy" if task == "classification" else "mse"
    model.compile(optimizer=optimizer[kind](rate), loss=loss)
    return model


def loss_of(model, part, task):
    out = np.asarray(model.predict(part[0], verbose=0, batch_size=1024), dtype=float)
    if task == "regression":
        return float(np.mean((out[:, 0] - part[1]) ** 2))
    chosen = np.clip(out[np.arange(len(out)), part[1].astype(int)], 1e-7, 1)
    return float(-np.mean(np.log(chosen)))


def run(path, seconds, epochs, seeds):
    import keras
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    with open(path) as file:
        data = json.load(file)
    task = data["task"]
    part = {
        name: (np.asarray(data[name]["inputs"], "float32"), np.asarray(data[name]["targets"]))
        for name in ("train", "validation", "test")
    }
    x, y = part["train"]
    outputs = int(y.max()) + 1 if task == "classification" else 1

    def train(trial, seed, prune):
        keras.utils.set_random_seed(seed)
        model = build(trial, x.shape[1:], outputs, task)
        batch = trial.suggest_categorical("batch size", [8, 16, 32, 64, 128])
        value = float("inf")
        for epoch in range(epochs):
            model.fit(x, y, batch_size=batch, epochs=1, verbose=0)
            value = loss_of(model, part["validation"], task)
            if prune:
                trial.report(value, epoch)
                if trial.should_prune():
                    raise optuna.TrialPruned()
        return model, value

    study = optuna.create_study(
        sampler=optuna.samplers.TPESampler(seed=SEED), pruner=optuna.pruners.MedianPruner()
    )
    study.enqueue_trial(
        {"layers": 1, "units 0": 32, "activation": "relu", "dropout": 0.0, "batch norm": False, "l2": 1e-7}
        | {"learning rate": 1e-3, "optimizer": "adam", "batch size": 32, "convolutions": 0, "front": "none"}
    )
    started = time.time()
    study.optimize(lambda trial: train(trial, 1, True)[1], timeout=seconds)
    spent = time.time() - started
    best = optuna.trial.FixedTrial(study.best_params)
    losses = [loss_of(train(best, seed, False)[0], part["test"], task) for seed in seeds]
    print(json.dumps({"losses": losses, "trials": len(study.trials), "seconds": spent}))


if __name__ == "__main__":
    if sys.argv[1] == "split":
        split(sys.argv[2])
    else:
        run(sys.argv[2], float(sys.argv[3]), int(sys.argv[4]), [int(seed) for seed in sys.argv[5].split(",")])
