"""What a script's own loop tells, once its first epoch was seen: rows, settings, loss, optimiser."""

from .arrays import to_inputs
from .keep import kept_data
from .targets import are_labels, read_targets
from .torch_framework import BY_BATCH

CLASSES = (
    "cross_entropy", "nll", "bce", "crossentropy", "soft_margin", "softmargin", "multi_margin",
    "multimargin",
)


def learned(epoch, framework, folder):
    call = epoch.call
    inputs, targets = epoch.rows()
    targets = targets.reshape(len(targets), -1) if targets.ndim > 2 else targets
    task = task_of(call.loss_name, targets)
    read = read_targets(targets, task, "targets of the script's loss")
    shaped = to_inputs(inputs, "inputs")
    return {
        "data": kept_data({"whole": (inputs, targets), "task": read.task}, folder),
        "epochs": epoch.epochs or DEFAULT_EPOCHS,
        "batchSize": epoch.batch,
        "validation": None,
        "rows": {"whole": len(shaped)},
        "inputShape": list(shaped.shape[1:]),
        "outputUnits": read.units,
        "task": read.task,
        "loss": call.loss_name,
        "optimizer": call.optimizer_words,
        "parameters": framework.count_parameters(call.model),
        "kept": [words_of(each) for each in call.schedulers],
        "leftOut": [],
        "notes": notes_on(epoch, call),
    }


#: Where no loop over a range says how many.
DEFAULT_EPOCHS = 20


def task_of(loss, targets):
    if not any(each in loss.lower() for each in CLASSES):
        return "regression"
    return "multi-label" if are_labels(targets) else "classification"


def words_of(scheduler):
    name = type(scheduler).__name__
    return f"{name} (at every {'batch' if name in BY_BATCH else 'epoch'})"


def notes_on(epoch, call):
    notes = []
    if epoch.others:
        notes.append("The script trains several modules; the first that takes a step counts.")
    if not epoch.again:
        notes.append("The script's rows did not come again: those that were seen are its data.")
    if not epoch.epochs:
        notes.append(f"No loop over a range tells the epochs: {DEFAULT_EPOCHS} are taken.")
    if not call.direct:
        notes.append(
            "The script changes the module's outputs before its loss: the study's own loss on the "
            "outputs as they are is minimised instead."
        )
    return notes
