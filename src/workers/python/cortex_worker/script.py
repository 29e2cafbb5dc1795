"""Runs the user's own training script, as it stands, up to where it trains."""

import importlib.machinery
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
    """Ends the script where its training begins; no `except Exception` of the script's holds it."""


def run_to(training, path, text, arguments=()):
    """What a script was about to train: `training` looks for it (keras_script, torch_script).
    Raises a Fault where the script ends, fails or asks before that."""
    undo = training.watch() + quiet_seeds() + hold_input() + keep_windows_shut(text)
    try:
        run_main(path, text, arguments)
    except Reached:
        pass
    except Fault:
        raise
    except SystemExit as error:
        if training.found() is None:
            raise Fault("builder", exit_words(error), line_in(error, path)) from error
    except (Exception, KeyboardInterrupt) as error:
        if training.found() is None:
            raise failed(error, path) from error
    finally:
        for each in undo:
            each()
    if training.found() is None:
        raise Fault("builder", training.missing)
    return training.found()


def failed(error, path):
    line = getattr(error, "lineno", None) or line_in(error, path)
    if isinstance(error, PermissionError):
        asked = f"The script asked for something a trial may not do: {error}"
        return Fault("refused", asked, line)
    return Fault("builder", f"The script failed: {described(error)}", line)


def run_variant(training, script, variant):
    """The script with a variant in place of one file: itself, or one that it imports."""
    if os.path.realpath(script) == os.path.realpath(variant["path"]):
        return run_to(training, variant["path"], variant["text"])
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
            return run_to(training, script, file.read())
    finally:
        undo()


def run_main(path, text, arguments):
    folder = os.path.dirname(os.path.abspath(path))
    put_first(folder)
    sys.argv = [path, *arguments]
    module = types.ModuleType("__main__")
    module.__file__ = path
    sys.modules["__main__"] = module
    source = source_of(path, text)
    linecache.cache[path] = (len(source), None, source.splitlines(True), path)
    exec(compile(source, path, "exec"), module.__dict__)


def source_of(path, text):
    """What is run: of a notebook its cells. A variant of one comes as its code alone."""
    is_notebook = path.endswith(".ipynb") and text.lstrip().startswith("{")
    return cells_of(text) if is_notebook else text


def cells_of(text):
    """A notebook's code cells as one script, without its magics and shell lines."""
    cells = json.loads(text)["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    lines = "\n".join(code).split("\n")
    return "\n".join("" if line.lstrip()[:1] in ("%", "!") else line for line in lines)


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


def hold_input():
    """A script that asks gets no answer, and is told why."""

    def ask(prompt=""):
        raise EOFError(f"the script asks for input ({prompt!s:.60}); nobody answers here")

    import builtins

    return [replace(builtins, "input", ask), replace(sys, "stdin", io.StringIO(""))]


def keep_windows_shut(text):
    """Figures are drawn where nobody sees them, whatever the script asks Matplotlib for."""
    if "matplotlib" not in text:
        return []
    try:
        import matplotlib
    except ImportError:
        return []
    return [replace(matplotlib, "use", lambda *args, **kwargs: None)]


def replace(owner, attribute, value):
    kept = getattr(owner, attribute)
    setattr(owner, attribute, value)
    return lambda: setattr(owner, attribute, kept)


def exit_words(error):
    if error.code in (None, 0):
        return "The script ended by itself before it trained."
    return (
        f"The script ended with exit code {error.code} before it trained; "
        "perhaps it needs arguments."
    )
