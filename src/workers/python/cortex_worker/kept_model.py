"""The one file that a trained model is kept as: safetensors with all that using it takes in its
header, as src/model/trainedModel.ts reads and writes it."""

import json
import struct

import numpy as np

from .outcome import Refused

TYPES = {"F32": np.float32, "F16": np.float16, "I32": np.int32, "I8": np.int8}
ALIGNED = 8


def kept_file(facts, weights, frame):
    """`weights`: name, shape and dtype (float32, int32) of each, in the order of `frame`."""
    entries, at = {}, 0
    for each in weights:
        end = at + 4 * int(np.prod(each["shape"], dtype=np.int64))
        kind = "I32" if each["dtype"] == "int32" else "F32"
        entries[each["name"]] = {"dtype": kind, "shape": each["shape"], "data_offsets": [at, end]}
        at = end
    own = {"version": 1, **facts, "weights": [each["name"] for each in weights]}
    metadata = {"format": "cortex", "cortex": json.dumps(own)}
    header = json.dumps({"__metadata__": metadata, **entries}).encode()
    header += b" " * (-len(header) % ALIGNED)
    return struct.pack("<Q", len(header)) + header + frame[:at]


def read_kept(file):
    """What Cortex knows of a kept (or exported) model, and its weights by name in their order."""
    try:
        size = struct.unpack("<Q", file[:8])[0]
        header = json.loads(file[8 : 8 + size])
        facts = json.loads(header["__metadata__"]["cortex"])
        body = memoryview(file)[8 + size :]
        return facts, {name: weight_in(header, body, name) for name in facts["weights"]}
    except (KeyError, ValueError, struct.error) as error:
        raise damaged(error) from error


def weight_in(header, body, name):
    """Bytes with a scale for each entry of the last axis are numbers again."""
    values = tensor_in(header[name], body)
    if values.dtype == np.int8:
        return values.astype(np.float32) * tensor_in(header[f"{name}.scale"], body)
    return values.astype(np.float32) if values.dtype == np.float16 else values


def tensor_in(entry, body):
    start, end = entry["data_offsets"]
    return np.frombuffer(body[start:end], TYPES[entry["dtype"]]).reshape(entry["shape"])


def damaged(error):
    return Refused(
        "weights-damaged",
        f"This is no file of weights: {error}.",
        "a safetensors file as Cortex keeps it.",
        "Train the attempt again: cortex train --retrain <attempt>.",
    )
