"""Runs the user's own training script, as it stands, up to the call of `fit`."""

import importlib
import importlib.machinery
import inspect
import io
import json
import linecache
import os
import random
import sys
import types

import numpy as np

from .modules import put_first
from .outcome import Fault, described, line_in


class Reached(BaseException):
    """Ends the script where `fit` is called; no `except Exception` of the script's holds it."""


class FitCall:
    """What the script was about to train: the model and what it gave to `fit`, by name."""

    def __init__(self, model, arguments):
        self.model = model
        self.arguments = arguments

    def get(self, name, default=None):
        value = self.arguments.get(name)
        return default if value is None else value


def run_to_fit(path, text, arguments=()):
    """The first `fit` of a script; raises a Fault where it ends, fails or asks before that."""
    call = None

    def reached(model, given):
        nonlocal call
        call = FitCall(model, given)
        raise Reached

    undo = [wrap_fit(model, reached) for model in model_classes()] + quiet_seeds() + hold_input() + quiet_writers()
    try:
        run_main(path, text, arguments)
    except Reached:
        pass
    except SystemExit as error:
        if call is None:
            raise Fault("builder", exit_words(error), line_in(error, path)) from error
    except (Exception, KeyboardInterrupt) as error:
        if call is None:
            line = getattr(error, "lineno", None) or line_in(error, path)
            raise Fault("builder", f"The script failed: {described(error)}", line) from error
    finally:
        for each in undo:
            each()
    if call is None:
        raise Fault("builder", "The script came to its end without calling fit.")
    return call


def run_variant(script, variant):
    """The script with a variant in place of one file: itself, or one that it imports."""
    if os.path.realpath(script) == os.path.realpath(variant["path"]):
        return run_to_fit(variant["path"], variant["text"])
    real = os.path.realpath(variant["path"])
    loader = importlib.machinery.SourceFileLoader
    original = loader.get_data

    def get_data(self, path):
        if os.path.realpath(path) == real:
            return variant["text"].encode()
        return original(self, path)

    undo = replace(loader, "get_data", get_data)
    try:
        with open(script, encoding="utf-8-sig") as file:
            return run_to_fit(script, file.read())
    finally:
        undo()


def run_main(path, text, arguments):
    folder = os.path.dirname(os.path.abspath(path))
    put_first(folder)
    sys.argv = [path, *arguments]
    module = types.ModuleType("__main__")
    module.__file__ = path
    sys.modules["__main__"] = module
    source = cells_of(text) if path.endswith(".ipynb") else text
    linecache.cache[path] = (len(source), None, source.splitlines(True), path)
    exec(compile(source, path, "exec"), module.__dict__)


def cells_of(text):
    """A notebook's code cells as one script, without its magics and shell lines."""
    cells = json.loads(text)["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    lines = "\n".join(code).split("\n")
    return "\n".join("" if line.lstrip()[:1] in ("%", "!") else line for line in lines)


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


def quiet_seeds():
    """Seeds that a script sets itself would give every seed of a study the same start."""
    places = [(random, "seed"), (np.random, "seed")]
    for name, path, attribute in (
        ("tensorflow", "random", "set_seed"),
        ("keras", "utils", "set_random_seed"),
        ("torch", None, "manual_seed"),
    ):
        module = sys.modules.get(name)
        owner = getattr(module, path, None) if path else module
        if owner is not None and hasattr(owner, attribute):
            places.append((owner, attribute))
    return [replace(owner, attribute, lambda *args, **kwargs: None) for owner, attribute in places]


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


def hold_input():
    """A script that asks gets no answer, and is told why."""

    def ask(prompt=""):
        raise EOFError(f"the script asks for input ({prompt!s:.60}); nobody answers here")

    import builtins

    return [replace(builtins, "input", ask), replace(sys, "stdin", io.StringIO(""))]


def replace(owner, attribute, value):
    kept = getattr(owner, attribute)
    setattr(owner, attribute, value)
    return lambda: setattr(owner, attribute, kept)


def exit_words(error):
    if error.code in (None, 0):
        return "The script ended by itself before it called fit."
    return (
        f"The script ended with exit code {error.code} before it called fit; "
        "perhaps it needs arguments."
    )
