"""What a Keras model was compiled to minimise, by name, and the form of targets it takes."""

from .framework import CLASS_NUMBER, NUMBERS, ONE_HOT, SINGLE_UNIT
from .outcome import Fault

SPARSE = "sparse_categorical_crossentropy"


def own_loss(model):
    """What the builder compiled with; Keras 3 keeps it in its compile configuration."""
    loss = getattr(model, "loss", None)
    if loss is None and hasattr(model, "_compile_loss"):
        return getattr(model._compile_loss, "_user_loss", None)
    return loss


def name_of(loss):
    if isinstance(loss, (list, tuple)) and len(loss) == 1:
        return name_of(loss[0])
    if isinstance(loss, str):
        return snake(loss)
    if isinstance(loss, type):
        return snake(loss.__name__)
    return snake(getattr(loss, "__name__", None) or type(loss).__name__)


def snake(name):
    """CategoricalCrossentropy and categorical_crossentropy are one loss."""
    separated = "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
    return {"mse": "mean_squared_error", "mean_squared_error": "mean_squared_error"}.get(
        separated.replace("m_s_e", "mse"), separated
    )


def form_for(loss, data, configured, single):
    if data.task != "classification":
        return NUMBERS
    name = name_of(loss)
    if "sparse" in name:
        return CLASS_NUMBER
    if single:
        return SINGLE_UNIT
    known = isinstance(loss, str) or name in KNOWN_LOSSES
    return ONE_HOT if known else configured


KNOWN_LOSSES = {
    "categorical_crossentropy", "binary_crossentropy", "mean_squared_error", "mean_absolute_error",
    "kl_divergence", "kldivergence", "poisson", "huber", "log_cosh", "hinge", "squared_hinge",
    "categorical_hinge", "categorical_focal_crossentropy", "binary_focal_crossentropy", "cosine_similarity",
}


def for_shares(keras, loss, form):
    """A loss that takes shares of the classes, where the builder's takes their numbers."""
    if form != CLASS_NUMBER:
        return loss, form
    if name_of(loss) != SPARSE:
        raise Fault("refused", "Its loss takes the number of a class: it cannot be taught.")
    settings = loss.get_config() if hasattr(loss, "get_config") else {}
    logits = bool(settings.get("from_logits"))
    return keras.losses.CategoricalCrossentropy(from_logits=logits), ONE_HOT


def same_measure(loss, task):
    if task == "regression":
        return name_of(loss) == "mean_squared_error"
    smoothing = getattr(loss, "_fn_kwargs", None) or getattr(loss, "_fn_kwargs_", None) or {}
    plain = not isinstance(smoothing, dict) or not smoothing.get("label_smoothing")
    if task == "multi-label":
        return plain and name_of(loss) == "binary_crossentropy"
    return plain and name_of(loss) in ("categorical_crossentropy", SPARSE)
