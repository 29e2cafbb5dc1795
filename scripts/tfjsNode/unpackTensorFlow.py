"""Takes TensorFlow's C headers and its two libraries out of a wheel: unpackTensorFlow.py <wheel> <target folder>."""
import shutil
import sys
import zipfile
from pathlib import Path

LIBRARIES = {"tensorflow/libtensorflow_cc.so.2", "tensorflow/libtensorflow_framework.so.2"}
HEADERS = ("tensorflow/include/tensorflow/", "tensorflow/include/xla/", "tensorflow/include/tsl/")

wheel, target = sys.argv[1], Path(sys.argv[2])
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if name in LIBRARIES:
            path = target / "lib" / Path(name).name
        elif name.startswith(HEADERS) and name.endswith(".h"):
            path = target / name.removeprefix("tensorflow/")
        else:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as source, open(path, "wb") as copy:
            shutil.copyfileobj(source, copy)
