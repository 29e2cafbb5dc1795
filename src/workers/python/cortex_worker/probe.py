"""Seconds of one training step on the study's own data."""

import time

#: Steps that are timed, after an epoch of as many to warm up.
STEPS = 20


def seconds_per_step(framework, model, run):
    data, request, report = run
    config = request["study"]["config"]
    prepared = framework.prepare(model, data, config)
    report.phase("fit", 0)
    rows = min(len(data.train), STEPS * config["batchSize"])
    part = Rows(data, rows)
    watch = Timer()
    framework.fit(prepared, part, {**config, "epochs": 3}, (0, watch))
    steps = -(-rows // config["batchSize"])
    times = [later - earlier for earlier, later in zip(watch.ends, watch.ends[1:])]
    return min(times) / steps


class Rows:
    """The first rows of the training part; nothing else of the data is looked at."""

    def __init__(self, data, rows):
        self.train = data.train.rows(slice(0, rows))
        self.validation = data.validation.rows(slice(0, 1))
        self.task = data.task
        self.output_units = data.output_units


class Timer:
    """A watch that notes when epochs end."""

    def __init__(self):
        self.ends = []

    def cancelled(self):
        return False

    def last_logs(self):
        return {}

    def epoch_ended(self, logs, outputs):
        self.ends.append(time.perf_counter())
        return False
