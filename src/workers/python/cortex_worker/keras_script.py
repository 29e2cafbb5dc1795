"""Where a script calls Keras's `fit`: the model and all that it was given."""

import importlib
import inspect
import sys

from .script import Reached, replace


class FitCall:
    """What the script was about to train: the model and what it gave to `fit`, by name."""

    def __init__(self, model, arguments):
        self.model = model
        self.arguments = arguments

    def get(self, name, default=None):
        value = self.arguments.get(name)
        return default if value is None else value


class FirstFit:
    """The first `fit` of a script."""

    missing = "The script came to its end without calling fit."

    def __init__(self):
        self._call = None

    def found(self):
        return self._call

    def watch(self):
        return [wrap_fit(each, self._reached) for each in model_classes()] + quiet_writers()

    def _reached(self, model, arguments):
        self._call = FitCall(model, arguments)
        raise Reached


#: Where `Model` has been over the years; the last is TensorFlow's old copy of Keras 2.
MODELS = (("keras", "Model"), ("tf_keras", "Model"), ("tensorflow.python.keras.engine.training", "Model"))


def model_classes():
    found = []
    for name, attribute in MODELS:
        if name.startswith("tensorflow") and "tensorflow" not in sys.modules:
            continue
        try:
            found.append(getattr(importlib.import_module(name), attribute))
        except ImportError:
            continue
    return found


def wrap_fit(model_class, reached):
    """Puts a look before `fit`; gives what takes it away again."""
    own = vars(model_class).get("fit")
    original = model_class.fit

    def fit(self, *args, **kwargs):
        bound = inspect.signature(original).bind(self, *args, **kwargs)
        reached(self, {key: value for key, value in bound.arguments.items() if key != "self"})

    model_class.fit = fit

    def undo():
        if own is None:
            del model_class.fit
        else:
            model_class.fit = own

    return undo


#: Callbacks that only write are left out of a training; they need not even be made.
WRITERS = ("ModelCheckpoint", "TensorBoard", "CSVLogger", "BackupAndRestore")


def quiet_writers():
    undo = []
    for name in ("keras.callbacks", "keras._tf_keras.keras.callbacks", "tf_keras.callbacks"):
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        for each in WRITERS:
            if hasattr(module, each):
                undo.append(replace(module, each, silent(module.Callback, each)))
    return undo


def silent(base, name):
    """A callback of this name that takes any arguments and does nothing."""
    return type(name, (base,), {"__init__": lambda self, *args, **kwargs: base.__init__(self)})
