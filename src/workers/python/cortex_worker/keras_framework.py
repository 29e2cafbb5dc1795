"""Keras 3 on any backend, and tf.keras 2.x: build, compile for the study, fit, predict."""

import importlib.util
import json
import os
import random
import sys
import tempfile

import numpy as np

from . import framework as shared
from .framework import CLASS_NUMBER, ONE_HOT, Prepared
from .keras_fit import KerasFit
from .keras_layers import ends_of, flat_layers, is_plain, output_shape, topology_of, unlike
from .keras_losses import for_shares, form_for, own_loss, same_measure
from .keras_measures import study_metrics
from .keras_script import FirstFit
from .outcome import Fault, Refused, described

#: Callbacks that change training; those that write or print are left out.
KEPT_CALLBACKS = ("EarlyStopping", "ReduceLROnPlateau", "LearningRateScheduler", "TerminateOnNaN")
BACKENDS = ("jax", "tensorflow", "torch")


def load():
    """Imports Keras on the backend the user or the model file chose, else on the quickest that is
    there; refuses what cannot be imported."""
    keep_compiled()
    choose_backend()
    try:
        import keras
    except Exception as error:
        raise Refused(
            "python-framework-broken",
            f"{sys.executable} cannot import keras: {described(error)}",
            "Keras and one of its backends (JAX, TensorFlow or PyTorch).",
            f"{sys.executable} -m pip install keras 'jax[cpu]'",
            kind="environment",
        ) from error
    return KerasFramework(keras)


class KerasFramework:
    """One Keras, as a trial uses it."""

    def __init__(self, keras):
        self.keras = keras
        backend = getattr(keras, "backend", None)
        self.backend = backend.backend() if hasattr(backend, "backend") else "tensorflow"
        self.keras_3 = keras.__version__.split(".")[0] >= "3"
        limit_threads(self.backend)

    def versions(self):
        library = {"jax": "jax", "tensorflow": "tensorflow", "torch": "torch"}.get(self.backend)
        module = sys.modules.get(library) if library else None
        versions = {"keras": self.keras.__version__, "numpy": np.__version__}
        return {**versions, library: module.__version__} if module else versions

    def seed(self, seed):
        """Everything random in a state that depends on `seed` alone."""
        seed = int(seed) % 2**32
        random.seed(seed)
        np.random.seed(seed)
        if "tensorflow" in sys.modules and hasattr(sys.modules["tensorflow"], "random"):
            sys.modules["tensorflow"].random.set_seed(seed)
        self.keras.utils.set_random_seed(seed)

    def is_model_class(self, value):
        return isinstance(value, type) and issubclass(value, self.keras.Model)

    def check(self, model, data, limits):
        """A Keras model of the right shapes inside the limits, built where it was not."""
        model = first_of(model)
        if not isinstance(model, self.keras.Model):
            what = "nothing" if model is None else f"a {type(model).__name__}"
            raise Fault("builder", f"The builder returned {what}. Return a keras.Model.")
        self._build(model, data)
        inputs, outputs = ends_of(model)
        if len(inputs or [0]) != 1 or len(outputs or [0]) != 1:
            raise Fault(
                "shape",
                f"The model has {len(inputs)} inputs and {len(outputs)} outputs; the study needs "
                "one of each.",
            )
        self._require_inputs(model, data)
        shared.require_outputs(self._output_shape(model, data), data)
        shared.require_limits(self.count_parameters(model), limits)
        return model

    def _build(self, model, data):
        if model.built and ends_of(model)[0] is not None:
            return
        try:
            model(data.train.inputs[:1])
        except (TypeError, ValueError) as error:
            raise Fault("shape", f"The model does not take the study's data: {described(error)}") from error

    def _require_inputs(self, model, data):
        inputs, _ = ends_of(model)
        if not inputs:
            return
        own = list(inputs[0].shape)[1:]
        expected = data.input_shape
        agrees = len(own) == len(expected) and all(
            size is None or size == wanted for size, wanted in zip(own, expected)
        )
        if not agrees and own != expected + [1]:
            raise Fault(
                "shape",
                f"The model takes inputs of shape {shared.listed(own)}; the study's data needs "
                f"{shared.listed(expected)}.",
            )

    def _sample_outputs(self, model, data):
        return self._outputs(model, data.train.inputs[: shared.SAMPLE_ROWS])

    def _output_shape(self, model, data):
        """Of one output: told by a model of known graph, found out from the others."""
        _, outputs = ends_of(model)
        if outputs:
            return list(outputs[0].shape)[1:]
        return list(self._sample_outputs(model, data).shape)[1:]

    def count_parameters(self, model):
        return int(model.count_params())

    def describe(self, model):
        layers = [layer for layer in flat_layers(model) if type(layer).__name__ != "InputLayer"]
        return {
            "layers": [
                {
                    "name": layer.name,
                    "className": type(layer).__name__,
                    "outputShape": output_shape(layer),
                    "parameters": int(layer.count_params()) if layer.built else 0,
                }
                for layer in layers
            ],
            "parameters": self.count_parameters(model),
        }

    def prepare(self, model, data, config):
        """Compiled where the builder did not (Adam 1e-3, the study's loss), and again where it did,
        with its own optimiser and loss but the study's metrics."""
        outputs = self._sample_outputs(model, data)
        reading = shared.reading_for(outputs, data)
        single = data.task == "classification" and outputs.shape[-1] == 1
        configured = ONE_HOT if config["preprocessing"]["oneHot"] else CLASS_NUMBER
        compiled = getattr(model, "optimizer", None) is not None and own_loss(model) is not None
        logits = shared.is_logits(reading)
        loss = own_loss(model) if compiled else self._loss_for(data, configured, (single, logits))
        optimizer = model.optimizer if compiled else self._adam()
        form = form_for(loss, data, configured, single)
        if data.train.targets.soft is not None:
            loss, form = for_shares(self.keras, loss, form)
        penalised = bool(model.losses)
        metrics = study_metrics(self.keras, data, reading)
        options = {} if self.backend != "tensorflow" else {"jit_compile": False}
        model.compile(optimizer=optimizer, loss=loss, metrics=metrics, **options)
        own_objective = penalised or not same_measure(loss, data.task)
        return Prepared(model, form, reading, own_objective, shape=outputs.shape[1:])

    def _adam(self):
        return self.keras.optimizers.Adam(learning_rate=shared.DEFAULT_LEARNING_RATE)

    def _loss_for(self, data, form, kind):
        single, logits = kind
        if data.task == "regression":
            return "mean_squared_error"
        losses = self.keras.losses
        if single or data.task == "multi-label":
            return losses.BinaryCrossentropy(from_logits=logits)
        if form == ONE_HOT:
            return losses.CategoricalCrossentropy(from_logits=logits)
        return losses.SparseCategoricalCrossentropy(from_logits=logits)

    def trained(self, model):
        """Its topology, where nothing in it is the user's own code, and its weights by name."""
        names = [getattr(each, "path", each.name) for each in model.weights]
        named = zip(unlike(names), model.get_weights())
        return (topology_of(model) if is_plain(self.keras, model) else None), list(named)

    def assembled(self, facts):
        """A model of Keras's own layers, as its weights are kept with it."""
        return self.keras.models.model_from_json(facts["topology"])

    def put_weights(self, model, named):
        model.set_weights(list(named.values()))

    def look(self):
        """What a script is run up to."""
        return FirstFit()

    def from_call(self, call, data, limits):
        """The model of the user's script with the callbacks that change its training."""
        model = self.check(call.model, data, limits)
        self._take_over(model, call)
        return model

    def _take_over(self, model, call):
        given = call.get("callbacks", [])
        given = given if isinstance(given, (list, tuple)) else [given]
        weights = call.get("class_weight")
        model.cortex_kept = [each for each in given if type(each).__name__ in KEPT_CALLBACKS]
        model.cortex_weights = weights if isinstance(weights, dict) else None

    def fit(self, prepared, data, config, run):
        """`run`: the seed of the row order, and the watch that is told of every epoch. Gives how
        the epochs were run."""
        return KerasFit(self, prepared, config, run).run(data)

    def predict(self, prepared, inputs):
        if prepared.run is not None:
            return prepared.run.predict(inputs)
        # `predict` makes a data set, an iterator and callbacks each time: a hundred times as long.
        step = shared.PREDICTION_BATCH
        parts = [inputs[start : start + step] for start in range(0, len(inputs), step)]
        return np.concatenate([self._outputs(prepared.model, part) for part in parts])

    def _outputs(self, model, rows):
        outputs = model.predict_on_batch(rows)
        return np.asarray(outputs[0] if isinstance(outputs, (list, tuple)) else outputs)


def choose_backend():
    """Keras's own ways to say it go first; one that is not installed says nothing."""
    there = [name for name in BACKENDS if importlib.util.find_spec(name)]
    if "KERAS_BACKEND" in os.environ or not there:
        return
    wanted = os.environ.get("CORTEX_BACKEND") or configured_backend()
    os.environ["KERAS_BACKEND"] = wanted if wanted in there else there[0]
    home = os.path.expanduser("~/.keras")
    if not os.path.exists(home):
        # Keras would make the folder to write its defaults into it.
        os.environ.setdefault("KERAS_HOME", os.path.join(tempfile.gettempdir(), "keras"))


#: What Keras writes by itself on its first import: nobody has chosen it.
UNCHOSEN = {
    "floatx": "float32", "epsilon": 1e-07, "backend": "tensorflow",
    "image_data_format": "channels_last",
}


def configured_backend():
    try:
        with open(os.path.expanduser("~/.keras/keras.json"), encoding="utf-8") as file:
            written = json.load(file)
    except (OSError, ValueError):
        return None
    own = all(written.get(name, value) == value for name, value in UNCHOSEN.items())
    return None if own else written.get("backend")


def keep_compiled():
    """What JAX has compiled is kept on disk: the next seed, and the next run, begin at once."""
    folder = os.environ.get("CORTEX_COMPILED")
    if folder:
        os.makedirs(folder, exist_ok=True)
        os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", folder)
        os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")
        os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "-1")


def first_of(model):
    return model[0] if isinstance(model, tuple) and model else model


def limit_threads(backend):
    """One thread a worker: several of them share the machine."""
    count = int(os.environ.get("OMP_NUM_THREADS", "1") or "1")
    if backend == "tensorflow":
        import tensorflow as tf

        try:
            tf.config.threading.set_intra_op_parallelism_threads(count)
            tf.config.threading.set_inter_op_parallelism_threads(count)
            tf.config.experimental.enable_op_determinism()
        except RuntimeError:
            return
    if backend == "torch":
        import torch

        torch.set_num_threads(count)
        torch.use_deterministic_algorithms(True, warn_only=True)
