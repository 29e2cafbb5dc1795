"""What a full training leaves: its weights as a file, and how fast the model answers."""

from .kept_model import kept_file
from .outcome import Fault

#: Share of the time it trained that timing its answers may take, for one row and for several.
TIMING_SHARE = 0.005


def trained_file(framework, prepared, data, seed):
    """The file of a model that another process has trained, with what was fitted to the data."""
    told, frame = prepared.model.weights()
    facts = {
        "framework": framework, "versions": told["versions"], "topology": told["topology"],
        "seed": seed, "task": data.task, "inputShape": list(data.input_shape),
        "outputUnits": data.output_units, "reading": reading_of(prepared, data),
        "preparation": data.preparation,
    }
    return kept_file(facts, told["weights"], frame)


def reading_of(prepared, data):
    """One unit may stand for two classes."""
    if data.task != "classification" or prepared.model.width != 1:
        return prepared.reading
    return "one-unit" if prepared.reading == "probabilities" else "one-unit-logits"


def times_within(model, seconds, limits):
    """Raises a Fault where it answers more slowly than the study allows."""
    times = model.times(TIMING_SHARE * seconds)
    limit = limits.get("latencyMs")
    if limit is not None and times["latencyMs"] > limit:
        raise Fault(
            "limits",
            f"The model answers one row in {times['latencyMs']:.3g} ms; limits.latencyMs allows "
            f"{limit:g}.",
        )
    return times
