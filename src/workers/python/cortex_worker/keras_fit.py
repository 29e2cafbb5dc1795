"""One training of a Keras model: by compiled epochs where it can be, else by its own `fit`."""

import numpy as np

from . import framework as shared
from .framework import CLASS_NUMBER, NUMBERS, ONE_HOT, SINGLE_UNIT
from .keras_compiled import CompiledFit, NotCompiled
from .keras_measures import STUDY_LOSS


class KerasFit:
    """`run`: the seed of the row order, and the watch that is told of every epoch."""

    def __init__(self, framework, prepared, config, run):
        self.framework = framework
        self.keras = framework.keras
        self.prepared = prepared
        self.model = prepared.model
        self.config = config
        self.seed, self.watch = run

    def run(self, data):
        """Gives how the epochs were run."""
        rows = (data.train.inputs, self._wanted(data.train.targets))
        try:
            self._require_jax()
            weights = self._row_weights(data.train.targets.values)
            batch = min(self.config["batchSize"], len(rows[0]))
            training = ((*rows, weights), batch, self.prepared.hold)
            compiled = CompiledFit(self.keras, self.model, training)
        except NotCompiled as why:
            self._by_step(rows)
            return f"fit: {why}"
        self.prepared.run = compiled
        orders = shared.epoch_orders(len(rows[0]), self.seed)
        compiled.train(self.config["epochs"], orders, self._callbacks(), self._epoch_ended)
        return "compiled"

    def _wanted(self, targets):
        """As the loss takes them; numbers in the shape that the model gives them."""
        wanted, shape = shared.formed(targets, self.prepared.form), self.prepared.shape
        return wanted.reshape(-1, *shape) if self.prepared.form == NUMBERS and shape else wanted

    def _require_jax(self):
        if self.framework.backend != "jax" or not self.framework.keras_3:
            raise NotCompiled(f"the backend is {self.framework.backend}")

    def _kept(self):
        return list(getattr(self.model, "cortex_kept", []))

    def _callbacks(self):
        return self.keras.callbacks.CallbackList(self._kept(), model=self.model, verbose=0)

    def _epoch_ended(self, logs):
        stop = self.watch.epoch_ended(training_logs(logs))
        # The user's own callbacks come after this and look for what they monitor.
        logs.update(self.watch.last_logs())
        return stop

    def _by_step(self, rows):
        feed = make_feed(self.keras, rows, self.config["batchSize"], self.seed)
        options = {} if self.framework.keras_3 else {"workers": 0}
        if self._class_weights() is not None:
            options["class_weight"] = self._class_weights()
        watching = make_callback(self.keras, self._epoch_ended, self.watch)
        holding = [make_holding(self.keras, self.prepared.hold)] if self.prepared.hold else []
        callbacks = [*holding, watching, *self._kept()]
        epochs = self.config["epochs"]
        self.model.fit(
            feed, epochs=epochs, verbose=0, shuffle=False, callbacks=callbacks, **options
        )

    def _class_weights(self):
        """Those that the script gave its own `fit`, by class number."""
        weights = getattr(self.model, "cortex_weights", None)
        return weights if self.prepared.form in (CLASS_NUMBER, ONE_HOT, SINGLE_UNIT) else None

    def _row_weights(self, classes):
        weights = self._class_weights()
        if weights is None:
            return None
        return np.array([weights.get(int(each), 1.0) for each in classes], np.float32)


def training_logs(logs):
    values = {key: float(value) for key, value in logs.items() if not key.startswith("val_")}
    fit_loss, loss = values.pop("loss"), values.pop(STUDY_LOSS)
    return {"loss": loss, **values, "fit_loss": fit_loss}


def make_feed(keras, part, batch_size, seed):
    """Batches in Cortex's own order, the same in every backend."""
    base = getattr(keras.utils, "PyDataset", None) or keras.utils.Sequence
    inputs, targets = part

    class Feed(base):
        def __init__(self):
            if base.__name__ == "PyDataset":
                super().__init__()
            self.orders = shared.epoch_orders(len(inputs), seed)
            self.order = next(self.orders)

        def __len__(self):
            return -(-len(inputs) // batch_size)

        def __getitem__(self, index):
            rows = self.order[index * batch_size : (index + 1) * batch_size]
            return inputs[rows], targets[rows]

        def on_epoch_end(self):
            self.order = next(self.orders)

    return Feed()


def make_callback(keras, on_epoch, watch):
    class Watching(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            if watch.cancelled():
                self.model.stop_training = True

        def on_epoch_end(self, epoch, logs=None):
            if on_epoch({} if logs is None else logs):
                self.model.stop_training = True

    return Watching()


def make_holding(keras, hold):
    """Holds a model's weights to something after every step."""

    class Holding(keras.callbacks.Callback):
        beside = None

        def on_epoch_begin(self, epoch, logs=None):
            self._put(*hold.begin(epoch, self._weights(), self.beside))

        def on_train_batch_end(self, batch, logs=None):
            self._put(*hold.step(self._weights(), self.beside))

        def _weights(self):
            return [variable.numpy() for variable in self.model.trainable_variables]

        def _put(self, values, beside):
            self.beside = beside
            for variable, value in zip(self.model.trainable_variables, values):
                variable.assign(value)

    return Holding()
