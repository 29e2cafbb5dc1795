"""Learns from one run of the user's script what it trains and how; keeps its rows in a
folder of Cortex's own, and says what was learned in a file there.
`main.py --observe FRAMEWORK SECONDS FOLDER ANSWER SCRIPT [arguments]`."""

import json
import os
import sys

from . import keras_framework, torch_framework
from .keras_script import FirstFit
from .outcome import Fault, Refused, described
from .overlay import cover
from .script import run_to, source_of

#: The share of the time in which rows are looked for; the rest is for keeping them.
LOOKING = 0.7


def main(framework, seconds, folder, answer_path, script, *arguments):
    os.chdir(os.path.dirname(os.path.abspath(script)))
    covered = cover(os.getcwd())
    sys.stdin = open(os.devnull, encoding="utf-8")
    try:
        with open(script, encoding="utf-8-sig") as file:
            text = file.read()
        look = look_at_torch if framework == "torch" else look_at_keras
        answer = {
            "kind": "observed",
            "covered": covered,
            **look((script, text, arguments), folder, LOOKING * float(seconds)),
        }
    except Fault as fault:
        answer = {"kind": "failed", "message": str(fault), "line": fault.line}
    except Refused as refused:
        fields = refused.fields
        text = f"{fields['happened']} Expected: {fields['expected']} {fields['remedy']}"
        answer = {"kind": "failed", "message": text, "line": None}
    write(answer_path, answer)


def look_at_keras(script, folder, seconds):
    from .learn_keras import learned

    keras_framework.load().seed(1)
    return learned(run_to(FirstFit(), *script), folder, source_of(*script[:2]))


def look_at_torch(script, folder, seconds):
    from .learn_torch import learned
    from .torch_rows import FirstEpoch

    framework = torch_framework.load()
    framework.seed(1)
    epoch = FirstEpoch(framework.torch, script[0], seconds)
    run_to(epoch, *script)
    return learned(epoch, framework, folder)


def write(path, answer):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(answer, file)


def run(arguments):
    try:
        main(*arguments)
    except Exception as error:
        write(arguments[3], {"kind": "failed", "message": described(error), "line": None})
        raise
