"""Seconds of one training step on the study's own data."""

import time

#: Steps that are timed, after an epoch of as many to warm up.
STEPS = 20


def seconds_per_step(framework, prepared, run):
    data, config = run
    rows = min(len(data.train), STEPS * config["batchSize"])
    watch = Timer()
    framework.fit(prepared, Rows(data, rows), {**config, "epochs": 3}, (0, watch))
    steps = -(-rows // config["batchSize"])
    times = [later - earlier for earlier, later in zip(watch.ends, watch.ends[1:])]
    return min(times) / steps


class Rows:
    """The first rows of the training part; nothing else of the data is looked at."""

    def __init__(self, data, rows):
        self.train = data.train.rows(slice(0, rows))
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

    def epoch_ended(self, logs):
        self.ends.append(time.perf_counter())
        return False
