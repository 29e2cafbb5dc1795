"""The user's modules, loaded from their files or from the text of a variant, under the names their
own imports use."""

import importlib
import os
import sys
import types

from .outcome import Refused, line_in, described


def module_name(path):
    """Dotted name and the folder it is imported from: packages begin above their __init__.py."""
    folder, name = os.path.split(os.path.abspath(path))
    parts = [os.path.splitext(name)[0]]
    while os.path.exists(os.path.join(folder, "__init__.py")):
        folder, package = os.path.split(folder)
        parts.insert(0, package)
    return ".".join(parts), folder


def run_module(path, text):
    """A module of this text in place of the file's own; what it raises is the caller's."""
    name, root = module_name(path)
    put_first(root, os.path.dirname(os.path.abspath(path)))
    module = types.ModuleType(name)
    module.__file__ = path
    module.__package__ = name.rpartition(".")[0]
    if module.__package__:
        importlib.import_module(module.__package__)
    sys.modules[name] = module
    exec(compile(text, path, "exec"), module.__dict__)
    return module


def load_file(path, what):
    """A module from its file; refuses what it raises, with the line."""
    with open(path, "rb") as file:
        text = file.read()
    try:
        return run_module(path, text)
    except Refused:
        raise
    except (Exception, SystemExit) as error:
        raise data_failed(path, error, what) from error


def data_failed(path, error, what):
    line = getattr(error, "lineno", None) or line_in(error, path)
    place = path if line is None else f"{path}, line {line}"
    return Refused(
        "data-module-failed",
        f"{place}: {what} failed: {described(error)}.",
        "load_data() to return the data.",
        "Correct the data module.",
    )


def put_first(*folders):
    for folder in reversed(dict.fromkeys(folders)):
        if sys.path[0] != folder:
            sys.path[:] = [folder] + [entry for entry in sys.path if entry != folder]


def forget_modules(folder):
    """Modules of the user's own folder are loaded anew, so that what was edited counts."""
    root = os.path.realpath(folder) + os.sep
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and os.path.realpath(file).startswith(root) and "site-packages" not in file:
            del sys.modules[name]
