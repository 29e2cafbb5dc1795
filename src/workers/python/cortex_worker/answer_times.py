"""How long a model takes to answer, and what its process took of memory."""

import sys
import time

import numpy as np

RUNS = 50
#: Of the process so far: kilobytes on Linux, bytes on macOS.
PER_MEBIBYTE = 2**20 if sys.platform == "darwin" else 2**10


def answer_times(predict, inputs, seconds):
    """Milliseconds for one row and for 32 (or as many as there are): the median and the 95th
    percentile, within `seconds` for each; the first answer is none."""
    alone = times_of(predict, inputs[:1], seconds)
    together = times_of(predict, inputs[:32], seconds)
    return {
        "latencyMs": median(alone), "latencyMs95": nearly_all(alone),
        "latency32Ms": median(together), "latency32Ms95": nearly_all(together),
    }


def times_of(predict, rows, seconds):
    predict(rows)
    times, begun = [], time.perf_counter()
    while len(times) < RUNS:
        started = time.perf_counter()
        predict(rows)
        ended = time.perf_counter()
        times.append(1000 * (ended - started))
        if ended - begun > seconds:
            break
    return times


def median(times):
    return float(np.median(times))


def nearly_all(times):
    return float(np.quantile(times, 0.95))


def peak_memory():
    """MiB; None where the system does not tell."""
    try:
        import resource
    except ImportError:
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / PER_MEBIBYTE
