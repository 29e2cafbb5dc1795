"""PyTorch modules as the files that torch.export and ONNX Runtime load."""

import inspect
import os

import numpy as np

from . import torch_framework
from .framework import PREDICTION_BATCH, SAMPLE_ROWS
from .keras_formats import no_fewer_bits, not_converted, not_of, require_all, required
from .outcome import Refused


class TorchModel:
    """A module of the user's code with its trained weights."""

    def __init__(self, kept, _wanted, build, input_shape):
        self.framework = torch_framework.load()
        self.torch = self.framework.torch
        self.input_shape = input_shape
        self.model = build(self.framework)
        self.framework.put_weights(self.model, kept[1])
        self.model.to("cpu").eval()
        self.framework.device = self.torch.device("cpu")

    def predict(self, rows):
        starts = range(0, len(rows), PREDICTION_BATCH)
        return np.concatenate([self.answer(rows[at : at + PREDICTION_BATCH]) for at in starts])

    def answer(self, rows):
        return self.framework._forward(self.model, self.framework._inputs(self.model, rows))

    def write(self, folder, name, quantize):
        if quantize:
            raise no_fewer_bits(name)
        writers = {"torch": self.write_program, "onnx": self.write_onnx}
        if name not in writers:
            raise not_of("PyTorch", name, writers)
        rows = np.zeros([SAMPLE_ROWS, *self.input_shape], dtype=np.float32)
        sample = self.framework._inputs(self.model, rows)
        try:
            writers[name](folder, sample)
        except Refused:
            raise
        except Exception as error:
            raise not_converted(name, error) from error

    def write_program(self, folder, sample):
        batch = self.torch.export.Dim("batch")
        program = self.torch.export.export(self.model, (sample,), dynamic_shapes=({0: batch},))
        self.torch.export.save(program, os.path.join(folder, "model.pt2"))

    def write_onnx(self, folder, sample):
        require_all(["onnx", "onnxruntime"], "onnx")
        export = self.torch.onnx.export
        old = {"dynamo": False} if "dynamo" in inspect.signature(export).parameters else {}
        export(
            self.model, (sample,), os.path.join(folder, "model.onnx"), **old,
            input_names=["inputs"], output_names=["outputs"],
            dynamic_axes={"inputs": {0: "batch"}, "outputs": {0: "batch"}},
        )


class ExportedProgram:
    """`model.pt2`, as `torch.export.load` takes it; nothing of the user's code is in it."""

    def __init__(self, folder):
        self.torch = required("torch", "torch.export")
        program = self.torch.export.load(os.path.join(folder, "model.pt2"))
        self.type = program.example_inputs[0][0].dtype
        self.module = program.module()

    def predict(self, rows):
        with self.torch.no_grad():
            outputs = self.module(self.torch.as_tensor(rows).to(self.type))
        outputs = outputs[0] if isinstance(outputs, (tuple, list)) else outputs
        return (outputs[:, None] if outputs.ndim == 1 else outputs).numpy()


class Onnx:
    """`model.onnx`, run by ONNX Runtime."""

    TYPES = {"tensor(int64)": np.int64, "tensor(int32)": np.int32, "tensor(float)": np.float32}

    def __init__(self, folder):
        runtime = required("onnxruntime", "Loading an ONNX model again")
        self.session = runtime.InferenceSession(os.path.join(folder, "model.onnx"))

    def predict(self, rows):
        place = self.session.get_inputs()[0]
        outputs = self.session.run(None, {place.name: rows.astype(self.TYPES[place.type])})[0]
        return outputs[:, None] if outputs.ndim == 1 else outputs
