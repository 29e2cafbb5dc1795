"""A variant trains in this process, on the rows it is handed; what it is worth is measured
elsewhere."""

from types import SimpleNamespace

import numpy as np

from .answer_times import answer_times, peak_memory
from .framework import SAMPLE_ROWS
from .parts import Table
from .probe import seconds_per_step
from .remote import array_of, arrays_from, as_bytes
from .targets import Targets


def shaped(shape):
    """Data of a shape, without a row of the user's: enough to build a model for them."""
    inputs = np.zeros([SAMPLE_ROWS, *shape["inputShape"]], dtype=np.float32)
    task, units = shape["task"], shape["outputUnits"]
    values = np.zeros(SAMPLE_ROWS, dtype=np.int64) if task == "classification" else np.zeros(
        (SAMPLE_ROWS, units), dtype=np.float32
    )
    return handed(task, units, (inputs, values))


def given(facts, frame):
    """The training rows that came with a request."""
    return handed(facts["task"], facts["outputUnits"], arrays_from(facts["arrays"], frame))


def handed(task, units, arrays):
    inputs, values = (np.array(each) for each in arrays)
    classes = tuple(map(str, range(units))) if task == "classification" else ()
    table = Table(inputs, Targets(task, values, classes))
    return SimpleNamespace(
        train=table, task=task, input_shape=list(inputs.shape[1:]), output_units=units
    )


def storable(values):
    """As weights are kept: 32-bit floats, and whole numbers for the few that count."""
    values = np.asarray(values)
    return values.astype(np.float32 if values.dtype.kind not in "iub" else np.int32)


def said(way):
    return {} if way is None else {"way": way[:MOST_SAID]}


#: Letters of what is said of how the epochs were run.
MOST_SAID = 200


class Conversation:
    """Answers what it is asked of a model, until it may go on."""

    def __init__(self, line):
        self.line = line
        self.inputs = {}
        self.logs = {}
        self.answers = {"outputs-wanted": self.predict, "times-wanted": self.tell_times}

    def outputs_of(self, rows):
        raise NotImplementedError

    def go(self):
        """Answers until it may go on; gives whether it is to stop."""
        while True:
            message, frame = self.line.hear()
            if message["type"] == "go":
                self.logs = message["logs"]
                return message["stop"]
            self.answers[message["type"]](message, frame)

    def predict(self, message, frame):
        name = message["name"]
        if message["inputs"]:
            self.inputs[name] = np.array(arrays_from(message["inputs"], frame)[0])
        outputs = np.asarray(self.outputs_of(self.inputs[name]), dtype=np.float32)
        self.line.say("outputs", as_bytes(outputs), outputs=[array_of(outputs)])

    def tell_times(self, message, _frame):
        rows = next(iter(self.inputs.values()))
        times = answer_times(self.outputs_of, rows, message["seconds"])
        self.line.say("times", measures=times)


class GuestFit(Conversation):
    """One training: says how far it is, and predicts what it is asked for."""

    def __init__(self, framework, prepared, line):
        super().__init__(line)
        self.framework = framework
        self.prepared = prepared
        self.answers["weights-wanted"] = self.tell_weights

    def outputs_of(self, rows):
        return self.framework.predict(self.prepared, rows)

    def run(self, request, data):
        parameters = self.framework.count_parameters(self.prepared.model)
        facts = {"reading": self.prepared.reading, "ownObjective": self.prepared.own_objective}
        self.line.say("prepared", parameters=parameters, prepared=facts)
        if self.go():
            return
        config = request["study"]["config"]
        step, way = None, None
        if request["probe"]:
            step = seconds_per_step(self.framework, self.prepared, (data, config))
        else:
            way = self.framework.fit(self.prepared, data, config, (request["random"], self))
        self.line.say("fitted", secondsPerStep=step, **said(way))
        self.go()

    def tell_weights(self, _message, _frame):
        topology, named = self.framework.trained(self.prepared.model)
        weights = [(name, storable(values)) for name, values in named]
        told = [{"name": name, **array_of(values)} for name, values in weights]
        self.line.say(
            "weights", b"".join(as_bytes(values) for _, values in weights), weights=told,
            topology=topology, versions=self.framework.versions(),
        )

    def cancelled(self):
        return False

    def last_logs(self):
        return {key: value for key, value in self.logs.items() if value is not None}

    def epoch_ended(self, logs):
        self.line.say("epoch-ended", logs={key: float(value) for key, value in logs.items()})
        return self.go()


class GuestLoad(Conversation):
    """A model that was trained before: predicts, and is written in another format."""

    def __init__(self, loaded, line):
        super().__init__(line)
        self.loaded = loaded
        self.answers["files-wanted"] = self.tell_files

    def outputs_of(self, rows):
        return self.loaded.predict(rows)

    def run(self):
        self.line.say("prepared", parameters=0, prepared={})
        self.go()

    def tell_times(self, message, _frame):
        rows = next(iter(self.inputs.values()))
        times = answer_times(self.outputs_of, rows, message["seconds"])
        memory = peak_memory()
        self.line.say("times", measures=times if memory is None else {**times, "memoryMB": memory})

    def tell_files(self, _message, _frame):
        files = self.loaded.written()
        told = [{"name": name, "bytes": len(content)} for name, content in files]
        self.line.say("files", b"".join(content for _, content in files), files=told)
