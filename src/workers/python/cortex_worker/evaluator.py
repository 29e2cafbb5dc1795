"""The study's own measures, the same for every variant whatever loss it trains with."""

import numpy as np

#: Smallest probability a prediction is given, as in Keras.
EPSILON = 1e-7

PROBABILITIES, LOGITS = "probabilities", "logits"


def metric_keys(task):
    """What every trial of a task logs of a part."""
    return ["loss", "mae", "r2"] if task == "regression" else ["loss", "accuracy"]


def reading_of(outputs):
    """Outputs of a classifier are probabilities (perhaps unnormalised) unless one is negative or a
    row is empty."""
    if (outputs < 0).any() or (outputs.sum(axis=-1) == 0).any():
        return LOGITS
    if outputs.shape[-1] == 1 and (outputs > 1).any():
        return LOGITS
    return PROBABILITIES


def reading_of_labels(outputs):
    """Each label's output is a probability of its own."""
    return LOGITS if ((outputs < 0) | (outputs > 1)).any() else PROBABILITIES


def scores_of(outputs, targets, task, reading=PROBABILITIES):
    """Classification: `loss` is the cross-entropy (nats), `accuracy` a share. Several labels: the
    mean over them of the binary ones. Regression: `loss` is the mean squared error; `mae`, `r2`
    over all units."""
    outputs = np.asarray(outputs, dtype=np.float64)
    if task == "regression":
        return regression_scores(outputs.reshape(targets.shape), targets.astype(np.float64))
    if task == "multi-label":
        return label_scores(probabilities(outputs, reading), targets > 0.5)
    return classification_scores(by_class(outputs, reading), targets, reading)


def read_outputs(outputs, targets, task, reading):
    """Row after row: probabilities of the classes or labels, or numbers in the targets' shape."""
    outputs = np.asarray(outputs, dtype=np.float64)
    if task == "regression":
        return outputs.reshape(targets.shape)
    if task == "multi-label":
        return probabilities(outputs, reading)
    classes = by_class(outputs, reading)
    if reading == LOGITS:
        positive = np.exp(classes - classes.max(axis=-1, keepdims=True))
    else:
        positive = np.maximum(classes, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return positive / positive.sum(axis=-1, keepdims=True)


def probabilities(outputs, reading):
    if reading != LOGITS:
        return outputs
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-outputs))


def by_class(outputs, reading):
    """One column a class: a single unit stands for the second of two classes."""
    if outputs.shape[-1] != 1:
        return outputs
    other = -outputs if reading == LOGITS else 1 - outputs
    halves = 2.0 if reading == LOGITS else 1.0
    return np.concatenate([other, outputs], axis=-1) / halves


def classification_scores(outputs, labels, reading):
    rows = np.arange(len(labels))
    if reading == LOGITS:
        largest = outputs.max(axis=-1)
        total = np.log(np.exp(outputs - largest[:, None]).sum(axis=-1)) + largest
        surprise = total - outputs[rows, labels]
    else:
        positive = np.maximum(outputs, 0)
        with np.errstate(invalid="ignore", divide="ignore"):
            share = positive[rows, labels] / positive.sum(axis=-1)
        surprise = -np.log(np.clip(share, EPSILON, 1 - EPSILON))
    right = (outputs.argmax(axis=-1) == labels) & ~np.isnan(outputs).any(axis=-1)
    return {"loss": float(surprise.mean()), "accuracy": float(right.mean())}


def label_scores(sure, holds):
    own = np.clip(np.where(holds, sure, 1 - sure), EPSILON, 1 - EPSILON)
    right = ((sure > 0.5) == holds) & ~np.isnan(sure)
    return {"loss": float(-np.log(own).mean()), "accuracy": float(right.mean())}


def regression_scores(outputs, targets):
    error = outputs - targets
    total = float(((targets - targets.mean(axis=0)) ** 2).sum())
    squared = float((error**2).sum())
    hit = 1.0 if squared == 0 else 0.0
    return {
        "loss": float((error**2).mean()),
        "mae": float(np.abs(error).mean()),
        "r2": hit if total == 0 else 1 - squared / total,
    }
