"""What can be told of a Keras model by looking at it."""

import json


def ends_of(model):
    """The inputs and outputs of a model's graph; None where it has none (a class with `call`)."""
    return getattr(model, "inputs", None), getattr(model, "outputs", None)


def is_plain(keras, model):
    """Made of Keras's own layers alone: its JSON says all of it."""
    library = keras.Model.__module__.split(".")[0]
    kinds = [type(model), *(type(layer) for layer in model._flatten_layers())]
    own = all(kind.__module__.split(".")[0] in (library, "keras", "tf_keras") for kind in kinds)
    return own and type(model).__name__ != "Model" and all(
        kind.__name__ != "Lambda" for kind in kinds
    )


def topology_of(model):
    """Its JSON without what it was trained by."""
    topology = json.loads(model.to_json())
    topology.pop("compile_config", None)
    return json.dumps(topology)


def unlike(names):
    """Two weights of one name are told apart by their place."""
    return [
        f"{name}:{place}" if names.count(name) > 1 else name for place, name in enumerate(names)
    ]


def flat_layers(model):
    for layer in model.layers:
        if hasattr(layer, "layers") and type(layer).__name__ in ("Sequential", "Functional"):
            yield from flat_layers(layer)
        else:
            yield layer


def output_shape(layer):
    try:
        shape = layer.output.shape
        return [None if axis is None else int(axis) for axis in tuple(shape)[1:]]
    except (AttributeError, ValueError, RuntimeError, TypeError):
        return []
