"""A model in another process: it gets training rows and, to predict, inputs; it is measured here."""

import os

import numpy as np

from .footing import packed_footing
from .framework import Prepared
from .outcome import Fault, Refused

#: Keys that only who measures may write.
MEASURED = ("val_", "test_", "__")


class Remote:
    """A model where code of the user's may run; `width`: of its outputs, once it gave any."""

    def __init__(self, line):
        self.line = line
        self.given = set()
        self.width = None

    def say(self, kind, frame=b"", **fields):
        self.line.say(kind, frame, **fields)

    def hear(self, *kinds):
        message, frame = self.line.hear()
        if message["type"] == "failed":
            failure = message["failure"]
            fault = Fault(failure["kind"], failure["message"], failure["line"])
            fault.stderr = failure["stderr"]
            fault.refusal = message.get("refusal")
            raise fault
        if message["type"] not in kinds:
            raise RuntimeError(f'"{message["type"]}" came out of turn')
        return message, frame

    def predict(self, inputs, name):
        is_new = name not in self.given
        self.given.add(name)
        arrays = [array_of(inputs)] if is_new else []
        self.say("outputs-wanted", as_bytes(inputs) if is_new else b"", name=name, inputs=arrays)
        message, frame = self.hear("outputs")
        outputs = arrays_from(message["outputs"], frame)[0]
        if len(outputs) != len(inputs):
            raise Fault("refused", "The model file answered for other rows than it was asked for.")
        self.width = outputs.shape[-1]
        return outputs

    def times(self, seconds):
        """How long it takes to answer rows that it was given."""
        self.say("times-wanted", seconds=seconds)
        told, _ = self.hear("times")
        return {key: float(value) for key, value in told["measures"].items()}


class RemoteModel(Remote):
    """A variant that is being trained."""

    def __init__(self, line, request, data, run):
        """`run`: its seed, and what everything random starts from."""
        super().__init__(line)
        seed, random = run
        facts, rows = packed(data)
        footing, files = packed_footing(request, seed, content_of)
        built_on = {} if footing is None else {"footing": footing}
        self.say("fit", rows + files, study=request["study"], variant=request["variant"],
                 random=random, data=facts, probe=False, **built_on)
        told, _ = self.hear("prepared")
        self.parameters = int(told["parameters"])
        self.prepared = told["prepared"]

    def weights(self):
        """What it has trained: the topology where that is data, weights by name, and versions; and
        their bytes."""
        self.say("weights-wanted")
        return self.hear("weights")


class LoadedModel(Remote):
    """One that was trained before, put together in a process that trained nothing."""

    def __init__(self, line, request, data):
        super().__init__(line)
        files = files_at(request["model"]["path"])
        told = [{"name": name, "bytes": len(content)} for name, content in files]
        shape = {
            "task": data.task, "inputShape": list(data.input_shape),
            "outputUnits": data.output_units,
        }
        self.say("load", b"".join(content for _, content in files), study=request["study"],
                 model=request["model"], shape=shape, files=told)
        self.hear("prepared")

    def hear(self, *kinds):
        try:
            return super().hear(*kinds)
        except Fault as fault:
            if fault.refusal:
                raise Refused(**fault.refusal) from fault
            raise Refused(
                "weights-not-loadable",
                f"The trained model cannot be put together: {fault}",
                "a process that has room and time to load it.",
                'Raise "limits" in cortex.json, or choose another format.',
            ) from fault

    def files(self):
        """It as the files of another format: names and contents."""
        self.say("files-wanted")
        told, frame = self.hear("files")
        at = 0
        for each in told["files"]:
            yield each["name"], frame[at : at + each["bytes"]]
            at += each["bytes"]

class RemoteFramework:
    """What a trial asks of a framework, asked of the process that has it."""

    def prepare(self, model, data, config):
        facts = model.prepared
        reading = "logits" if facts.get("reading") == "logits" else "probabilities"
        return Prepared(model, "", reading, bool(facts.get("ownObjective")))

    def count_parameters(self, model):
        return model.parameters

    def fit(self, prepared, data, config, run):
        _, watch = run
        model = prepared.model
        model.say("go", stop=False, logs={})
        while True:
            message, _ = model.hear("epoch-ended", "fitted")
            if message["type"] == "fitted":
                return message.get("way")
            logs = {key: nan(value) for key, value in message["logs"].items() if own(key)}
            stop = watch.epoch_ended(logs)
            model.say("go", stop=bool(stop), logs=finite(watch.last_logs()))

    def predict(self, prepared, inputs, name):
        return prepared.model.predict(inputs, name)

    def close(self, model):
        model.say("go", stop=True, logs={})


def files_at(path):
    """A file, or everything in a folder: names as they stand in it, and contents."""
    if os.path.isfile(path):
        return [(os.path.basename(path), content_of(path))]
    found = [os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names]
    return [(os.path.relpath(each, path), content_of(each)) for each in sorted(found)]


def content_of(path):
    with open(path, "rb") as file:
        return file.read()


def packed(data):
    """Training rows, and nothing of the others."""
    targets = data.train.targets
    facts = {
        "task": data.task, "inputShape": list(data.input_shape), "outputUnits": data.output_units,
        "arrays": [array_of(data.train.inputs), array_of(targets.values)],
    }
    return facts, as_bytes(data.train.inputs) + as_bytes(targets.values)


def array_of(values):
    whole = np.issubdtype(values.dtype, np.integer)
    return {"shape": list(values.shape), "dtype": "int32" if whole else "float32"}


def as_bytes(values):
    kind = np.int32 if np.issubdtype(values.dtype, np.integer) else np.float32
    return np.ascontiguousarray(values, dtype=kind).tobytes()


def arrays_from(told, frame):
    at, arrays = 0, []
    for each in told:
        kind = {"int32": np.int32, "bool": np.uint8}.get(each["dtype"], np.float32)
        count = int(np.prod(each["shape"], dtype=np.int64))
        arrays.append(np.frombuffer(frame, kind, count, at).reshape(each["shape"]))
        at += arrays[-1].nbytes
    return arrays


def own(key):
    """A variant's own word on its training; what is judged is measured here."""
    return not key.startswith(MEASURED)


def nan(value):
    return float("nan") if value is None else float(value)


def finite(logs):
    return {key: float(value) for key, value in logs.items()}
