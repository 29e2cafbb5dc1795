"""Metrics by name, as scikit-learn defines them and src/workers/tfjs/training/metrics counts them;
functions of the user's own `metrics.py` among them."""

import os
import re
from functools import partial

import numpy as np

from .evaluator import EPSILON, metric_keys, read_outputs, scores_of
from .modules import load_file
from .outcome import Refused

OWN = "metrics.py"

#: Measures of a whole trial, not of a model on rows.
OF_TRIALS = (
    "parameters", "seconds", "modelKB", "latencyMs", "latencyMs95", "latency32Ms", "latency32Ms95",
    "memoryMB",
)


class StudyMetrics:
    """What a study is measured by: `further` are functions of predictions and targets, by name."""

    def __init__(self, task, further):
        self.task = task
        self.further = further

    def scores(self, outputs, targets, reading):
        """`outputs` as the model gives them, a row each."""
        own = scores_of(outputs, targets, self.task, reading)
        if not self.further:
            return own
        seen = read_outputs(outputs, targets, self.task, reading)
        return {**own, **{name: float(of(seen, targets)) for name, of in self.further.items()}}


def study_metrics(study, task):
    """The metrics that a study asks for by name (`val_f1` is `f1` on a part). Refuses those that
    are not to be had."""
    config = study["config"]
    objective = config["objective"]
    objectives = objective if isinstance(objective, list) else [objective]
    first, *others = [each["metric"] for each in objectives]
    wanted = [first, *(name for name in others if name not in OF_TRIALS)]
    wanted += config.get("metrics") or []
    names = [name for name in dict.fromkeys(map(bare, wanted)) if name not in metric_keys(task)]
    missing = [name for name in names if named(name, task) is None]
    own = own_functions(os.path.join(study["folder"], OWN)) if missing else {}
    for name in missing:
        if name not in own:
            raise unknown(next(each for each in wanted if bare(each) == name), task, own)
    return StudyMetrics(task, {name: own.get(name) or named(name, task) for name in names})


def bare(key):
    return re.sub(r"^(val|test)_", "", key)


def named(name, task):
    """`top3` and its like too; None where there is no such metric for a task."""
    count = re.fullmatch(r"top_?(\d+)", name)
    if count and task == "classification":
        return partial(top_share, int(count[1]))
    return OF_TASK[task].get(name)


def own_functions(path):
    if not os.path.exists(path):
        return {}
    try:
        module = load_file(path, "loading it")
    except Refused as refused:
        raise Refused(
            "metrics-module-failed",
            refused.fields["happened"],
            "a module of functions (predictions, targets) that return a number.",
            "Correct it, or take its metrics out of cortex.json.",
        ) from refused
    return {name: each for name, each in vars(module).items() if callable(each)}


def unknown(metric, task, own):
    base = metric_keys(task)
    tops = ["top3", "top5"] if task == "classification" else []
    named_ones = [f"val_{name}" for name in (*base, *OF_TASK[task], *tops, *own)]
    return Refused(
        "objective-unknown-metric",
        f'The objective\'s metric "{metric}" is not among the training logs.',
        f"one of: {', '.join([*base, *named_ones])}.",
        'Change "objective.metric" in cortex.json.',
    )


def counted(task, of, predictions, targets):
    """The mean of a count over labels, or over classes; two classes are told by the second."""
    if task == "multi-label":
        found, real = predictions > 0.5, targets > 0.5
        units = range(found.shape[1])
    else:
        classes = np.arange(predictions.shape[1])
        found = predictions.argmax(axis=1)[:, None] == classes
        real = targets[:, None] == classes
        units = [1] if len(classes) == 2 else classes
    return np.mean([of(found[:, unit], real[:, unit]) for unit in units])


def precision(found, real):
    return share((found & real).sum(), found.sum())


def recall(found, real):
    return share((found & real).sum(), real.sum())


def f1(found, real):
    return share(2 * (found & real).sum(), found.sum() + real.sum())


def share(part, whole):
    return part / whole if whole else 0.0


def area(task, predictions, targets):
    """Under the ROC curve of a class against the rest (Mann and Whitney 1947)."""
    units = predictions.shape[1]
    if task == "multi-label":
        return np.mean([area_of(predictions[:, u], targets[:, u] > 0.5) for u in range(units)])
    told = [1] if units == 2 else range(units)
    return np.mean([area_of(predictions[:, unit], targets == unit) for unit in told])


def area_of(scores, real):
    """Ties count half; 0.5 where only one side occurs."""
    if np.isnan(scores).any():
        return np.nan
    positive, negative = real.sum(), (~real).sum()
    if positive == 0 or negative == 0:
        return 0.5
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = np.cumsum(counts) - (counts - 1) / 2
    return (ranks[place][real].sum() - positive * (positive + 1) / 2) / (positive * negative)


def top_share(count, predictions, targets):
    """Share of rows whose class is among the likeliest."""
    own = predictions[np.arange(len(targets)), targets][:, None]
    return ((~(predictions <= own)).sum(axis=1) < count).mean()


def perplexity(predictions, targets):
    """The exponential of the cross-entropy."""
    own = predictions[np.arange(len(targets)), targets]
    return np.exp(-np.log(np.maximum(own, EPSILON)).mean())


def rmse(predictions, targets):
    return np.sqrt(((predictions - targets) ** 2).mean())


def pearson(predictions, targets):
    """The mean over units; 0 where one side does not vary."""
    said, real = (each - each.mean(axis=0) for each in (predictions, targets))
    scale = np.sqrt((said**2).sum(axis=0) * (real**2).sum(axis=0))
    product = (said * real).sum(axis=0)
    return np.where(scale == 0, 0, product / np.where(scale == 0, 1, scale)).mean()


def counts_of(task):
    of = {"precision": precision, "recall": recall, "f1": f1}
    return {name: partial(counted, task, each) for name, each in of.items()}


OF_TASK = {
    "classification": {
        **counts_of("classification"),
        "auc": partial(area, "classification"),
        "perplexity": perplexity,
    },
    "multi-label": {**counts_of("multi-label"), "auc": partial(area, "multi-label")},
    "regression": {"rmse": rmse, "pearson": pearson},
}
