"""What a training builds on: weights it starts from, models that teach it, what it is held to."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np

from .evaluator import LOGITS, PROBABILITIES, read_outputs
from .held import held_to
from .kept_model import read_kept
from .outcome import Fault

LEAST = 1e-7


def packed_footing(request, seed, content_of):
    """As the process that trains is told, and the bytes of its files; None where there is none."""
    start = [each["path"] for each in request.get("start") or () if each["seed"] == seed]
    teachers, hold = request.get("teachers"), request.get("hold")
    if not (start or teachers or hold):
        return None, b""
    files = [content_of(path) for path in [*start, *(teachers["paths"] if teachers else ())]]
    facts = {
        "starts": bool(start), "files": [len(each) for each in files], "teachers": teachers,
        "hold": hold,
    }
    return facts, b"".join(files)


class Footing:
    """In the process that trains. `build` makes a model of a variant's code."""

    def __init__(self, request, framework, build):
        self.facts = request.get("footing") or {"starts": False, "files": [], "teachers": None}
        files = files_behind(request["frame"], self.facts["files"])
        self.start, self.lessons = (files[0], files[1:]) if self.facts["starts"] else (None, files)
        self.framework = framework
        self.build = build

    def held(self, epochs):
        return held_to(self.facts.get("hold"), epochs)

    def begin(self, model):
        """Puts the weights that it starts from into a model."""
        if self.start is None:
            return
        _, named = read_kept(self.start)
        try:
            self.framework.put_weights(model, named)
        except (KeyError, RuntimeError, ValueError) as error:
            said = "The weights it is to start from are of another shape."
            raise Fault("shape", said) from error

    def taught(self, data):
        """The data with softer training targets: part the row's own, part the mean answer of the
        teachers (Hinton et al. 2015)."""
        teachers = self.facts["teachers"]
        if teachers is None:
            return data
        answers = np.mean([self.answer(each, data) for each in self.lessons], axis=0)
        targets, share = data.train.targets, teachers["share"]
        if data.task != "classification":
            values = mixed(targets.values, answers, share)
            return with_targets(data, replace(targets, values=values))
        own = np.eye(targets.units, dtype=np.float32)[targets.values]
        soft = mixed(own, softened(answers, teachers["temperature"]), share)
        return with_targets(data, replace(targets, soft=soft))

    def answer(self, file, data):
        """A teacher's answers to the training rows: numbers, or probabilities."""
        facts, named = read_kept(file)
        source = self.facts["teachers"].get("source")
        model = self.build(source) if facts["topology"] is None else self.framework.assembled(facts)
        self.framework.put_weights(model, named)
        outputs = self.framework.predict(SimpleNamespace(model=model, run=None), data.train.inputs)
        reading = LOGITS if facts["reading"].endswith("logits") else PROBABILITIES
        return read_outputs(outputs, data.train.targets.values, data.task, reading)


def files_behind(frame, lengths):
    """The last bytes of a frame, taken apart."""
    at, files = len(frame) - sum(lengths), []
    for length in lengths:
        files.append(frame[at : at + length])
        at += length
    return files


def mixed(own, others, share):
    return ((1 - share) * own + share * others).astype(np.float32)


def softened(probabilities, temperature):
    """`p` becomes `p^(1/T)`, shares of their sum again: softmax of the logits over T."""
    powers = np.maximum(probabilities, LEAST) ** (1 / temperature)
    return powers / powers.sum(axis=-1, keepdims=True)


def with_targets(data, targets):
    return SimpleNamespace(**{**vars(data), "train": replace(data.train, targets=targets)})
