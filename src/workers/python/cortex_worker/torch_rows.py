"""The rows that a PyTorch script trains on: those of its first epoch, in the order it took them."""

import ast
import os
import time

import numpy as np

from .arrays import Memory
from .outcome import Refused
from .script import Reached
from .torch_script import FirstStep, require_plain

#: Share of a batch's rows that were there before, from which on a new epoch has begun.
MOSTLY = 0.5


class FirstEpoch(FirstStep):
    """Lets the script train until its rows come again, or until there is no more time; then
    `inputs`, `targets`, `batch`, `epochs`, `again` and `others` say what was seen."""

    def __init__(self, torch, script, seconds):
        super().__init__(torch)
        self._script = script
        self._ends = time.monotonic() + seconds
        self._seen = set()
        self._parts = []
        self._values = 0
        self.epochs = None
        self.again = False
        #: The script trains another module as well.
        self.others = False

    def stepped(self, optimizer, run):
        if run["modules"][0] is not self.call.model:
            self.others = True
            return
        require_plain(run)
        if self.epochs is None:
            self.epochs = epochs_around(self._script) or 0
        inputs, targets = array(run["inputs"][0]), array(run["losses"][0]["target"])
        if len(inputs) != len(np.atleast_1d(targets)):
            raise not_by_row(inputs.shape, targets.shape)
        rows = [(x.tobytes(), y.tobytes()) for x, y in zip(inputs, np.atleast_1d(targets))]
        keys = [hash(row) for row in rows]
        known = sum(key in self._seen for key in keys)
        if known > MOSTLY * len(keys):
            self.again = True
            raise Reached
        self._seen.update(keys)
        self._parts.append((inputs, np.atleast_1d(targets)))
        self._values += inputs.size
        if self._values > Memory.most_values:
            raise too_many(sum(len(part[0]) for part in self._parts))
        if time.monotonic() > self._ends:
            raise Reached

    @property
    def batch(self):
        return max(len(inputs) for inputs, _ in self._parts)

    def rows(self):
        inputs, targets = zip(*self._parts)
        return np.concatenate(inputs), np.concatenate(targets)


def array(tensor):
    return np.ascontiguousarray(tensor.detach().cpu().numpy()).copy()


def epochs_around(script):
    """How often the outermost loop over a range goes round, of those that the step stands in."""
    import sys

    real, frame, spans = os.path.realpath(script), sys._getframe(), []
    while frame is not None:
        if os.path.realpath(frame.f_code.co_filename) == real:
            spans.insert(0, frame)
        frame = frame.f_back
    for frame in spans:
        for loop in loops_at(real, frame.f_lineno):
            count = length_of(loop.iter, frame)
            if count:
                return count
    return None


def loops_at(path, line):
    """The `for` loops around a line, outermost first; none where the file is a notebook."""
    try:
        with open(path, encoding="utf-8-sig") as file:
            tree = ast.parse(file.read())
    except (OSError, SyntaxError, ValueError):
        return []
    around = [
        node for node in ast.walk(tree)
        if isinstance(node, ast.For) and node.lineno <= line <= node.end_lineno
    ]
    return sorted(around, key=lambda node: node.lineno)


def length_of(iterable, frame):
    """Of `range(…)`, also inside `tqdm(…)`."""
    calls = [node for node in ast.walk(iterable) if isinstance(node, ast.Call)]
    for call in calls:
        if getattr(call.func, "id", None) in ("range", "trange"):
            call = ast.Call(ast.Name("range", ast.Load()), call.args, [])
            code = ast.fix_missing_locations(ast.Expression(call))
            try:
                return len(eval(compile(code, "<range>", "eval"), frame.f_globals, frame.f_locals))
            except Exception:
                return None
    return None


def not_by_row(inputs, targets):
    return Refused(
        "attach-rows",
        f"The script's step has inputs of shape {list(inputs)} and targets of {list(targets)}.",
        "as many rows of one as of the other.",
        'Name the command under "train" in cortex.json: then each trial is a run of it.',
    )


def too_many(rows):
    return Refused(
        "data-without-end",
        f"The script trained on {rows:,} rows that never came again.",
        "rows that come again, few enough for memory.",
        'Name the command under "train" in cortex.json: then each trial is a run of it.',
    )
