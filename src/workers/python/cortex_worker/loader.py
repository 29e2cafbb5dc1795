"""A trained model, put together from its weights or from the files of an export, each format with
its own library; and written in another format. What is missing is refused by its package's name."""

import os
import shutil
import tempfile

from . import keras_formats, torch_formats
from .kept_model import read_kept

FORMATS = {
    "keras": keras_formats.KerasFile,
    "savedmodel": keras_formats.SavedModel,
    "tflite": keras_formats.TfLite,
    "onnx": torch_formats.Onnx,
    "torch": torch_formats.ExportedProgram,
}


class Loaded:
    """`build` makes the model of the variant's code: it is given a framework and the request."""

    def __init__(self, request, build):
        # Libraries name folders by the user, whom a confined process cannot ask the system for.
        os.environ.setdefault("LOGNAME", "cortex")
        saved = request["model"]
        self.wanted = saved.get("writeAs")
        if saved["format"] in FORMATS:
            with unpacked(files_in(request)) as folder:
                self.model = FORMATS[saved["format"]](folder)
        else:
            self.model = from_kept(request, build)

    def predict(self, rows):
        return self.model.predict(rows)

    def written(self):
        """Names and contents of the files in the format that is wanted."""
        with scratch() as folder:
            self.model.write(folder, self.wanted["format"], self.wanted["quantize"])
            return contents_of(folder)


def from_kept(request, build):
    (_, content), *_ = files_in(request)
    facts, named = read_kept(content)
    wanted = (request["model"].get("writeAs") or {}).get("format")
    kind = torch_formats.TorchModel if facts["framework"] == "torch" else keras_formats.KerasModel

    def built(framework):
        return build(framework, request)

    return kind((facts, named), wanted, built, request["shape"]["inputShape"])


def files_in(request):
    at, files = 0, []
    for each in request["files"]:
        files.append((each["name"], request["frame"][at : at + each["bytes"]]))
        at += each["bytes"]
    return files


class scratch:
    """A folder of this process's own, taken away in the end."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="cortex-model-")
        return self.folder

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)


class unpacked(scratch):
    """The files as they stood in their folder."""

    def __init__(self, files):
        self.files = files

    def __enter__(self):
        folder = super().__enter__()
        for name, content in self.files:
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(content)
        return folder


def contents_of(folder):
    found = [os.path.join(place, name) for place, _, names in os.walk(folder) for name in names]
    files = []
    for path in sorted(found):
        with open(path, "rb") as file:
            files.append((os.path.relpath(path, folder).replace(os.sep, "/"), file.read()))
    return files
