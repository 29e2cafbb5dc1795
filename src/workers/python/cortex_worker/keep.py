"""Data of attached scripts, in a folder of Cortex's own under the hash of what they hold."""

import hashlib
import os

import numpy as np

from .study_data import ATTACHED

NAMES = {"whole": ("x", "y"), "train": ("x_train", "y_train"), "validation": ("x_val", "y_val")}


def kept_data(parts, folder):
    """Keeps the arrays of each part; gives what a study file calls them."""
    arrays = {"task": np.array(parts.pop("task"))}
    digest = hashlib.sha256(str(arrays["task"]).encode())
    for part, pair in parts.items():
        for name, array in zip(NAMES[part], pair):
            digest.update(f"{name}{array.shape}{array.dtype}".encode())
            digest.update(np.ascontiguousarray(array).tobytes())
            arrays[name] = array
    name = f"{digest.hexdigest()[:16]}.npz"
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        np.savez(path, **arrays)
    return f"{ATTACHED}{name}"
