"""Finds the builder in a loaded variant and calls it with what it asks for."""

import inspect

from .outcome import Fault

#: What people call the shape of one input, and the number of outputs.
SHAPES = {"input_shape", "inputshape", "shape", "in_shape", "input_dims", "image_shape", "img_shape"}
SIZES = {
    "input_dim", "input_size", "in_features", "n_features", "num_features", "n_inputs", "num_inputs",
    "in_dim", "n_in", "input_units", "features", "feature_dim", "number_of_features",
}
OUTPUTS = {
    "output_units", "outputunits", "num_classes", "n_classes", "classes", "num_outputs", "n_outputs",
    "output_dim", "output_size", "out_features", "units", "n_out", "out_dim", "nb_classes",
    "num_class", "number_of_classes", "class_num", "n_class",
}
CHANNELS = {"in_channels", "channels", "num_channels", "n_channels", "input_channels"}


def find_builder(module, names, is_model_class):
    """The first builder: a function of one of `names`, a method of a class, else (PyTorch) the one
    model class that no other in the file uses."""
    for name in names:
        owner, _, method = name.partition(".")
        if method and hasattr(getattr(module, owner, None), method):
            return method_of(getattr(module, owner), method)
        if callable(getattr(module, name, None)):
            return getattr(module, name)
    own = [
        value
        for value in vars(module).values()
        if inspect.isclass(value) and value.__module__ == module.__name__
    ]
    for owner in own:
        for name in names:
            if callable(getattr(owner, name, None)):
                return method_of(owner, name)
    models = [each for each in own if is_model_class(each)]
    outer = [each for each in models if not used_by_others(each, models)]
    if len(outer) == 1:
        return outer[0]
    raise Fault("builder", no_builder(module, names, outer))


def method_of(owner, name):
    if isinstance(inspect.getattr_static(owner, name), (staticmethod, classmethod)):
        return getattr(owner, name)
    return lambda *args, **kwargs: getattr(owner(), name)(*args, **kwargs)


def used_by_others(model, models):
    others = (each for each in models if each is not model)
    return any(
        model.__name__ in method.__code__.co_names
        for each in others
        for method in vars(each).values()
        if inspect.isfunction(method)
    )


def no_builder(module, names, models):
    wanted = f"Define a function named {' or '.join(names)}."
    if models:
        found = ", ".join(each.__name__ for each in models)
        return f"The model file has several models ({found}) and no builder. {wanted}"
    there = [name for name, value in vars(module).items() if callable(value) and name[0] != "_"]
    seen = f"It defines {', '.join(there[:8])}." if there else "It defines nothing that is called."
    return f"The model file has no builder. {seen} {wanted}"


def call_builder(builder, data, given=None):
    """Calls with what the parameters' names ask for; `given` is what the study file passes, by name
    or in order."""
    if isinstance(given, list):
        return builder(*given)
    arguments = arguments_for(builder, data, given or {})
    return builder(*arguments[0], **arguments[1])


def arguments_for(builder, data, given):
    try:
        parameters = list(inspect.signature(builder).parameters.values())
    except (TypeError, ValueError):
        return (), {}
    values, positional = {}, []
    for place, parameter in enumerate(parameters):
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        value = value_for(parameter, data, given)
        if value is MISSING and parameter.default is parameter.empty:
            value = by_place(place, parameters, data)
        if value is MISSING:
            continue
        if parameter.kind is parameter.POSITIONAL_ONLY:
            positional.append(value)
        else:
            values[parameter.name] = value
    return tuple(positional), values


MISSING = object()


def value_for(parameter, data, given):
    name = parameter.name.lower()
    if parameter.name in given:
        return given[parameter.name]
    if name in SHAPES:
        return tuple(data.input_shape)
    if name in SIZES:
        return size_of(data.input_shape)
    if name in OUTPUTS:
        return data.output_units
    if name in CHANNELS and len(data.input_shape) == 3:
        return min(data.input_shape[0], data.input_shape[-1])
    return MISSING


def by_place(place, parameters, data):
    """Two parameters of any name are the input's shape and the number of outputs."""
    required = [p.name for p in parameters if p.default is p.empty]
    if len(required) == 2 and parameters[place].name in required:
        return [tuple(data.input_shape), data.output_units][required.index(parameters[place].name)]
    raise Fault(
        "builder",
        f"The builder asks for {parameters[place].name}, which Cortex cannot know. Give it a "
        "default, or name it input_shape or output_units.",
    )


def size_of(shape):
    size = 1
    for axis in shape:
        size *= axis
    return size
