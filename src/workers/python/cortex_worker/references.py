"""What simple models reach on the validation part: always the same answer, and a linear model."""

import numpy as np

from .evaluator import LOGITS, PROBABILITIES, scores_of
from .profile import class_shares

#: Rows × features × outputs beyond which the training part is thinned.
MOST_WORK = 4e7
MOST_FEATURES = 1_000
RIDGE = 1e-6
STEPS = 300
PENALTY = 1e-4


def reference_scores(data):
    """With folds: the mean over them. `linear` is None for inputs of more than 1,000 features, and
    for several labels."""
    folds = [scores_on(fold) for fold in data.each_fold]
    linear = [fold["linear"] for fold in folds if fold["linear"] is not None]
    return {
        "trivial": mean_scores([fold["trivial"] for fold in folds]),
        "linear": mean_scores(linear) if linear else None,
    }


def mean_scores(folds):
    return {key: float(np.mean([scores[key] for scores in folds])) for key in folds[0]}


def scores_on(data):
    linear = linear_outputs(data)
    return {
        "trivial": validation_scores(data, trivial_outputs(data), PROBABILITIES),
        "linear": None if linear is None else validation_scores(data, linear, LOGITS),
    }


def validation_scores(data, outputs, reading):
    scores = scores_of(outputs, data.validation.targets.values, data.task, reading)
    return {f"val_{key}": value for key, value in scores.items()}


def trivial_outputs(data):
    classes = data.task == "classification"
    answer = class_shares(data) if classes else data.train.targets.values.mean(axis=0)
    return np.tile(np.asarray(answer, dtype=np.float64), (len(data.validation), 1))


def linear_outputs(data):
    features = int(np.prod(data.input_shape))
    if features > MOST_FEATURES or data.task == "multi-label":
        return None
    rows = min(len(data.train), max(100, int(MOST_WORK / (features * data.output_units))))
    train = data.train.inputs[:rows].reshape(rows, -1).astype(np.float64)
    other = data.validation.inputs.reshape(len(data.validation), -1).astype(np.float64)
    mean, variance = train.mean(axis=0), train.var(axis=0)
    deviation = np.sqrt(np.where(variance > 1e-12, variance, 1))
    inputs, validation = (with_ones((part - mean) / deviation) for part in (train, other))
    targets = data.train.targets.values[:rows]
    if data.task == "regression":
        return validation @ ridge(inputs, targets.astype(np.float64))
    return validation @ logistic(inputs, np.eye(data.output_units)[targets])


def with_ones(part):
    return np.concatenate([part, np.ones((len(part), 1))], axis=1)


def ridge(inputs, targets):
    gram = inputs.T @ inputs + RIDGE * len(inputs) * np.eye(inputs.shape[1])
    return np.linalg.solve(gram, inputs.T @ targets)


def logistic(inputs, targets):
    """Multinomial logistic regression by accelerated gradient steps (Beck and Teboulle 2009)."""
    rows = len(inputs)
    step = 1 / (0.5 * largest_eigenvalue(inputs) + PENALTY)
    weights = ahead = np.zeros((inputs.shape[1], targets.shape[1]))
    for count in range(1, STEPS + 1):
        slope = inputs.T @ (softmax(inputs @ ahead) - targets) / rows + PENALTY * ahead
        following = ahead - step * slope
        ahead = following + (following - weights) * (count - 1) / (count + 2)
        weights = following
    return weights


def softmax(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def largest_eigenvalue(inputs):
    """Of XᵀX / n, by thirty power iterations, with a tenth on top for safety."""
    vector, norm = np.ones(inputs.shape[1]), 1.0
    for _ in range(30):
        vector = inputs.T @ (inputs @ vector) / len(inputs)
        norm = float(np.linalg.norm(vector))
        vector = vector / norm
    return 1.1 * norm
