"""What weights are held to after every step of a training, in any library's arrays; as
src/model/sparsity.ts and quantize.ts have it."""

import math

import numpy as np

#: Of the epochs; in the others what is left learns to do without the rest.
RAMP = 2 / 3
STEPS = 255


def held_to(wanted, epochs):
    if wanted is None:
        return None
    return Zeros(wanted["share"], epochs) if wanted["kind"] == "zeros" else Bytes()


class Zeros:
    """A share of each kernel is zero, chosen anew at every epoch. Beside the weights goes which of
    them stay."""

    def __init__(self, share, epochs):
        self.share = share
        self.epochs = epochs

    def begin(self, epoch, weights, _kept):
        now = share_at(epoch, self.epochs, self.share)
        return self.step(weights, [kept_of(each, now) for each in weights])

    @staticmethod
    def step(weights, kept):
        return [each * own + 0.0 for each, own in zip(weights, kept)], kept


class Bytes:
    """The model computes with what 8 bits can say; finer weights learn beside them (Courbariaux et
    al. 2015, Jacob et al. 2018)."""

    def begin(self, epoch, weights, finer):
        finer = weights if epoch == 0 else finer
        return [as_bytes(each) for each in finer], finer

    @staticmethod
    def step(weights, finer):
        next_ones = [own + (each - as_bytes(own)) for each, own in zip(weights, finer)]
        return [as_bytes(each) for each in next_ones], next_ones


def share_at(epoch, epochs, final):
    """Zhu and Gupta (2017): much at first, little in the end."""
    left = max(0.0, 1 - (epoch + 1) / max(1, math.ceil(RAMP * epochs)))
    return final * (1 - left**3)


def kept_of(values, share):
    """1 for what stays, 0 for the share that is closest to zero; biases stay."""
    count = int(share * values.size) if values.ndim > 1 else 0
    if count == 0:
        return np.ones(values.shape, np.float32)
    sizes = np.abs(values)
    return (sizes > np.partition(sizes.reshape(-1), count - 1)[count - 1]).astype(np.float32)


def as_bytes(values):
    """One scale a tensor, 0 exactly 0."""
    low, high = values.min(), values.max()
    span = high - low
    scale = (span + (span == 0)) / STEPS
    zero = -((-low / scale).round()) * scale
    least = low + ((low <= 0) & (high >= 0)) * (zero - low)
    return ((values - least) / scale).round().clip(0, STEPS) * scale + least
