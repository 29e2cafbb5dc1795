"""The study's measures on training batches, as Keras metrics."""

from . import framework as shared
from .evaluator import EPSILON

STUDY_LOSS = "study_loss"


def study_metrics(keras, data, reading):
    """The study's measures on training batches; a function's name is its key in the logs."""
    ops = keras.ops if hasattr(keras, "ops") else tensorflow_ops()
    if data.task == "regression":
        return [
            named(STUDY_LOSS, lambda t, p: ops.mean(ops.square(t - p), axis=-1)),
            named("mae", lambda t, p: ops.mean(ops.absolute(t - p), axis=-1)),
        ]
    if data.task == "multi-label":
        return label_metrics(ops, shared.is_logits(reading))
    units = data.output_units

    def labels(truth):
        if truth.shape[-1] == units:
            return ops.argmax(truth, axis=-1)
        return ops.cast(ops.reshape(truth, (-1,)), "int32")

    def classes(outputs):
        if outputs.shape[-1] != 1:
            return outputs
        if shared.is_logits(reading):
            return ops.concatenate([-outputs, outputs], axis=-1) / 2
        return ops.concatenate([1 - outputs, outputs], axis=-1)

    def logarithm(outputs):
        if shared.is_logits(reading):
            return ops.log_softmax(outputs, axis=-1)
        positive = ops.maximum(outputs, 0.0)
        share = positive / ops.sum(positive, axis=-1, keepdims=True)
        return ops.log(ops.clip(share, EPSILON, 1 - EPSILON))

    def loss(truth, outputs):
        picked = ops.one_hot(labels(truth), units) * logarithm(classes(outputs))
        return -ops.sum(picked, axis=-1)

    def accuracy(truth, outputs):
        guessed = ops.cast(ops.argmax(classes(outputs), axis=-1), "int32")
        return ops.cast(ops.equal(ops.cast(labels(truth), "int32"), guessed), "float32")

    return [named(STUDY_LOSS, loss), named("accuracy", accuracy)]


def label_metrics(ops, is_logits):
    """Each output by itself: the probability (or its logit) that a label holds."""

    def sure_of(outputs):
        return ops.sigmoid(outputs) if is_logits else outputs

    def loss(truth, outputs):
        sure = ops.clip(sure_of(outputs), EPSILON, 1 - EPSILON)
        holds = truth * ops.log(sure) + (1 - truth) * ops.log(1 - sure)
        return -ops.mean(holds, axis=-1)

    def accuracy(truth, outputs):
        right = ops.equal(sure_of(outputs) > 0.5, truth > 0.5)
        return ops.mean(ops.cast(right, "float32"), axis=-1)

    return [named(STUDY_LOSS, loss), named("accuracy", accuracy)]


def tensorflow_ops():
    """The few operations of keras.ops that tf.keras 2.x lacks."""
    import tensorflow as tf
    from types import SimpleNamespace

    return SimpleNamespace(
        mean=tf.reduce_mean, square=tf.square, absolute=tf.abs, argmax=tf.argmax, cast=tf.cast,
        reshape=tf.reshape, concatenate=tf.concat, log_softmax=tf.nn.log_softmax, equal=tf.equal,
        maximum=tf.maximum, sum=tf.reduce_sum, log=tf.math.log, clip=tf.clip_by_value,
        one_hot=tf.one_hot, sigmoid=tf.sigmoid,
    )


def named(name, function):
    function.__name__ = name
    return function
