"""Keras models as the files that Keras, TensorFlow and TensorFlow Lite load."""

import importlib.util
import json
import os
import shutil
import sys

import numpy as np

from . import keras_framework
from .framework import PREDICTION_BATCH
from .keras_layers import flat_layers
from .outcome import Refused, described

#: What converting takes: a backend of Keras and the packages beside it, the first that is there.
WAYS = {
    "savedmodel": (("tensorflow", ()),),
    "tflite": (("tensorflow", ()),),
    "onnx": (
        ("torch", ("onnx", "onnxscript", "onnxruntime")),
        ("tensorflow", ("tf2onnx", "onnxruntime")),
    ),
}


class KerasModel:
    """A model of Keras (or of TensorFlow.js, whose layers are Keras's) with its trained weights."""

    def __init__(self, kept, wanted, build, input_shape):
        facts, named = kept
        self.is_plain = facts["topology"] is not None
        if wanted in WAYS:
            os.environ["KERAS_BACKEND"] = backend_for(wanted)
        elif self.is_plain:
            choose_quickest()
        self.framework = keras_framework.load()
        self.keras = self.framework.keras
        self.input_shape = input_shape
        if facts["framework"] == "tfjs":
            self.model = from_tfjs(self.keras, facts["topology"], named)
            return
        assembled = self.framework.assembled
        self.model = assembled(facts) if self.is_plain else build(self.framework)
        self.framework.put_weights(self.model, named)

    def predict(self, rows):
        starts = range(0, len(rows), PREDICTION_BATCH)
        parts = [self.framework._outputs(self.model, rows[at : at + PREDICTION_BATCH]) for at in starts]
        return np.concatenate(parts)

    def write(self, folder, name, quantize):
        if quantize and name != "tflite":
            raise no_fewer_bits(name)
        writers = {
            "keras": self.write_keras, "savedmodel": self.write_saved_model,
            "tflite": self.write_tflite, "onnx": self.write_onnx,
        }
        if name not in writers:
            raise not_of("Keras", name, writers)
        try:
            writers[name](folder, quantize)
        except Refused:
            raise
        except Exception as error:
            raise not_converted(name, error) from error

    def write_keras(self, folder, _quantize):
        if not self.is_plain:
            raise own_layers()
        self.model.save(os.path.join(folder, "model.keras"))

    def write_saved_model(self, folder, _quantize):
        self.model.export(folder, **quietly(self.keras))

    def write_onnx(self, folder, _quantize):
        path = os.path.join(folder, "model.onnx")
        self.model.export(path, format="onnx", **quietly(self.keras))

    def write_tflite(self, folder, quantize):
        import tensorflow as tf

        saved = os.path.join(folder, "saved")
        self.model.export(saved, **quietly(self.keras))
        converter = tf.lite.TFLiteConverter.from_saved_model(saved)
        if quantize:
            converter.optimizations = [tf.lite.Optimize.DEFAULT]
        if quantize == "16":
            converter.target_spec.supported_types = [tf.float16]
        content = converter.convert()
        shutil.rmtree(saved)
        with open(os.path.join(folder, "model.tflite"), "wb") as file:
            file.write(content)


class KerasFile:
    """`model.keras`, as `keras.saving.load_model` takes it."""

    def __init__(self, folder):
        choose_quickest()
        self.framework = keras_framework.load()
        path = os.path.join(folder, "model.keras")
        self.model = self.framework.keras.models.load_model(path, compile=False)

    def predict(self, rows):
        return self.framework._outputs(self.model, rows)


class SavedModel:
    """A folder, as `tf.saved_model.load` takes it."""

    def __init__(self, folder):
        tf = required("tensorflow", "SavedModel")
        self.tf = tf
        self.model = tf.saved_model.load(folder)

    def predict(self, rows):
        outputs = self.model.serve(self.tf.constant(rows))
        return np.asarray(outputs[0] if isinstance(outputs, (list, tuple)) else outputs)


class TfLite:
    """`model.tflite`, run by LiteRT where it is installed, else by TensorFlow."""

    def __init__(self, folder):
        path = os.path.join(folder, "model.tflite")
        if importlib.util.find_spec("ai_edge_litert"):
            from ai_edge_litert.interpreter import Interpreter
        else:
            Interpreter = required("tensorflow", "TensorFlow Lite").lite.Interpreter
        self.interpreter = Interpreter(model_path=path)
        self.interpreter.allocate_tensors()

    def predict(self, rows):
        place = self.interpreter.get_input_details()[0]
        if list(place["shape"]) != list(rows.shape):
            self.interpreter.resize_tensor_input(place["index"], rows.shape)
            self.interpreter.allocate_tensors()
        self.interpreter.set_tensor(place["index"], rows.astype(place["dtype"]))
        self.interpreter.invoke()
        return self.interpreter.get_tensor(self.interpreter.get_output_details()[0]["index"])


def from_tfjs(keras, topology, named):
    """The same layers in Keras: TensorFlow.js writes the JSON of Keras 2."""
    try:
        model = layers_of(keras, plain(json.loads(topology)))
        for layer in flat_layers(model):
            layer.set_weights([named[key] for key in names_in(layer)])
    except Exception as error:
        raise not_converted("keras", error) from error
    return model


def layers_of(keras, config):
    if not hasattr(keras.src, "legacy"):
        return keras.models.model_from_json(json.dumps(config))
    from keras.src.legacy.saving import saving_utils

    if config["class_name"] != "Sequential":
        return saving_utils.model_from_config({**config, "class_name": "Functional"})
    layers = config["config"]["layers"]
    shape = layers[0]["config"].pop("batch_input_shape")[1:]
    made = [saving_utils.model_from_config(each) for each in layers if each["class_name"] != "InputLayer"]
    return keras.Sequential([keras.Input(shape), *made])


#: What Keras 3 takes no more, and what only matters before training.
LEFT_OUT = ("unit_forget_bias", "implementation", "batch_size", "sparse")


def plain(value):
    if isinstance(value, dict):
        return {
            key: plain(each) for key, each in value.items()
            if not key.endswith("_initializer") and key not in LEFT_OUT
        }
    return [plain(each) for each in value] if isinstance(value, list) else value


def names_in(layer):
    """TensorFlow.js names a weight by its layer and its part: dense_1/kernel."""
    return [f"{layer.name}/{each.name.split(':')[0].split('/')[-1]}" for each in layer.weights]


def quietly(keras):
    return {"verbose": False} if keras.__version__.split(".")[0] >= "3" else {}


def choose_quickest():
    """Keras's own layers give the same answers on every backend; JAX is the quickest to import."""
    there = [each for each in keras_framework.BACKENDS if importlib.util.find_spec(each)]
    if there:
        os.environ["KERAS_BACKEND"] = there[0]


def backend_for(name):
    for backend, packages in WAYS[name]:
        if all(importlib.util.find_spec(each) for each in (backend, *packages)):
            return backend
    backend, packages = WAYS[name][0]
    require_all([backend, *packages], name)


def required(package, what):
    if not importlib.util.find_spec(package):
        raise not_installed([package], what)
    return importlib.import_module(package)


def require_all(packages, what):
    """All that is missing at once, so that it is installed once."""
    missing = [each for each in packages if not importlib.util.find_spec(each)]
    if missing:
        raise not_installed(missing, what)


def not_installed(packages, what):
    names = ", ".join(packages[:-1]) + " and " * (len(packages) > 1) + packages[-1]
    return Refused(
        "export-package-missing",
        f"{what} takes {names}, which {'is' if len(packages) == 1 else 'are'} not installed in "
        f"{sys.executable}.",
        f"{names} in the project's Python environment.",
        f"{sys.executable} -m pip install {' '.join(packages)}",
        kind="environment",
    )


def not_of(library, name, known):
    return Refused(
        "export-format-not-here",
        f"A model of {library} cannot be written as {name}.",
        f"one of: {', '.join([*known, 'safetensors'])}.",
        f"For example: cortex export <attempt> --format {next(iter(known))}",
    )


def no_fewer_bits(name):
    return Refused(
        "export-bits-not-here",
        f"The format {name} has no form for weights of fewer bits.",
        "tflite (16, 8) or safetensors (16, 8), or no --quantize.",
        "For example: cortex export <attempt> --format safetensors --quantize 8",
    )


def own_layers():
    return Refused(
        "export-own-code",
        "The model has layers, or is a class, of the project's own; a .keras file does not carry "
        "their code.",
        "a format that carries what is computed: savedmodel, tflite, onnx; or the weights alone: "
        "safetensors.",
        "For example: cortex export <attempt> --format savedmodel",
    )


def not_converted(name, error):
    return Refused(
        "export-not-converted",
        f"The model cannot be written as {name}: {described(error)}",
        "layers that the format knows.",
        "Choose another format; --format safetensors always holds the weights. Nothing was "
        "written.",
    )
