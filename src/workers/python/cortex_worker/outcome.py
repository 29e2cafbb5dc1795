"""The two ways a request can go wrong: the user's input or environment (Refused), or the variant
(Fault)."""

import os
import traceback


class Refused(Exception):
    """Becomes a CortexError on the other side."""

    def __init__(self, code, happened, expected, remedy, kind="input"):
        super().__init__(happened)
        self.fields = {
            "code": code,
            "kind": kind,
            "happened": happened,
            "expected": expected,
            "remedy": remedy,
        }


class Fault(Exception):
    """The variant does something that has a name; becomes a failed trial or build."""

    def __init__(self, kind, message, line=None):
        super().__init__(message)
        self.kind = kind
        self.line = line
        self.stderr = []
        #: What was asked cannot be done here: the fields of a refusal.
        self.refusal = None


def failure_of(error, path):
    """Names what a variant raised, with the line in the model file where the stack leads there."""
    line = line_in(error, path)
    if isinstance(error, Fault):
        named = failure(error.kind, str(error), error.line or line)
        return {**named, "stderr": error.stderr}
    if isinstance(error, SyntaxError):
        return failure("syntax", f"Syntax error: {error.msg}", error.lineno)
    if isinstance(error, MemoryError):
        return failure("memory", "Memory ran out.", line)
    if isinstance(error, PermissionError):
        said = f"The code asked for something a trainer may not do: {error}"
        return failure("refused", said, line)
    return failure("builder", described(error), line)


def failure(kind, message, line=None):
    return {"kind": kind, "message": message, "line": line, "stderr": []}


def described(error):
    """One line: the kind of an exception and what it says first."""
    text = str(error).strip().split("\n")[0][:400]
    name = type(error).__name__
    return f"{name}: {text}" if text else name


def line_in(error, path):
    """The last line of the file on the way to the error; None where it was not on it."""
    real = os.path.realpath(path)
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if os.path.realpath(frame.filename) == real]
    return lines[-1] if lines else None


def bad_request(problem):
    return Refused(
        "trainer-bad-request",
        f"The worker was sent something it does not understand: {problem}",
        "a request of src/execution/protocol.ts.",
        "Report this with the log.",
        kind="defect",
    )
