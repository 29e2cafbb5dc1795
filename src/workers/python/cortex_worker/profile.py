"""What Cortex is told of the data: shapes, shares and scales of the training part."""

import numpy as np

from .parts import scaling
from .structure import structure_of


def profile_of(data):
    counts = {"train": len(data.train), "validation": len(data.validation), "test": data.test_rows}
    profile = {
        "task": data.task,
        "inputShape": data.input_shape,
        "outputUnits": data.output_units,
        "rows": counts,
        "classShares": class_shares(data),
        "hash": data.hash,
        "scales": scales_of(data.train),
    }
    return {**profile, "foldable": True} if data.foldable else profile


def class_shares(data):
    if data.task != "classification":
        return []
    counts = np.bincount(data.train.targets.values, minlength=data.output_units)
    return [float(count) for count in counts / len(data.train)]


def scales_of(train):
    scales = {"target": target_scale(train.targets), "features": feature_scales(train.inputs)}
    return {**scales, "structure": structure_of(train)} if scales["target"] else scales


def target_scale(targets):
    if targets.task != "regression" or targets.units != 1:
        return None
    mean, deviation = scaling(targets.values)
    return {"mean": float(mean[0]), "deviation": float(deviation[0])}


def feature_scales(inputs):
    """Of the features that vary; None where none does."""
    flat = inputs.reshape(len(inputs), -1)
    varying = (flat != flat[0]).any(axis=0)
    if not varying.any():
        return None
    mean, deviation = (values[varying] for values in scaling(flat))
    return {
        "smallest": float(deviation.min()),
        "largest": float(deviation.max()),
        "offset": float((np.abs(mean) / deviation).max()),
    }
