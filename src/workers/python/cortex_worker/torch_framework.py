"""PyTorch modules with a known loss, trained in Cortex's own loop."""

import os
import random
import sys

import numpy as np

from . import framework as shared
from .framework import CLASS_NUMBER, NUMBERS, ONE_HOT, SINGLE_UNIT, Prepared
from .outcome import Fault, Refused, described
from .torch_held import Holding
from .torch_script import FirstStep


def load():
    try:
        import torch
    except Exception as error:
        raise Refused(
            "python-framework-broken",
            f"{sys.executable} cannot import torch: {described(error)}",
            "PyTorch.",
            f"{sys.executable} -m pip install torch",
            kind="environment",
        ) from error
    return TorchFramework(torch)


#: Schedulers of learning rates that go on at every batch; the others do at every epoch.
BY_BATCH = ("OneCycleLR", "CyclicLR")


class TorchFramework:
    """One PyTorch, as a trial uses it."""

    backend = "torch"

    def __init__(self, torch):
        self.torch = torch
        torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1") or "1"))
        torch.use_deterministic_algorithms(True, warn_only=True)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")

    def versions(self):
        return {"torch": str(self.torch.__version__), "numpy": np.__version__}

    def seed(self, seed):
        seed = int(seed) % 2**32
        random.seed(seed)
        np.random.seed(seed)
        self.torch.manual_seed(seed)

    def is_model_class(self, value):
        own = self.torch.nn.Module
        return isinstance(value, type) and issubclass(value, own) and "forward" in vars(value)

    def check(self, returned, data, limits):
        """A module (or a tuple of it, an optimiser and a loss) that takes the study's data."""
        model = returned[0] if isinstance(returned, tuple) and returned else returned
        if not isinstance(model, self.torch.nn.Module):
            what = "nothing" if model is None else f"a {type(model).__name__}"
            raise Fault("builder", f"The builder returned {what}. Return a torch.nn.Module.")
        model.to(self.device)
        outputs = self._sample_outputs(model, data)
        shared.require_outputs(outputs.shape[1:], data)
        shared.require_limits(self.count_parameters(model), limits)
        model.cortex_parts = returned[1:] if isinstance(returned, tuple) else ()
        return model

    def trained(self, model):
        """No topology: a module's code is the user's own; the entries of its `state_dict`."""
        return None, [(name, values.cpu().numpy()) for name, values in model.state_dict().items()]

    def put_weights(self, model, named):
        named = named_as(model.state_dict(), named)
        state = {name: self.torch.as_tensor(np.array(each)) for name, each in named.items()}
        model.load_state_dict(state)

    def look(self):
        """What a script is run up to."""
        return FirstStep(self.torch)

    def from_call(self, call, data, limits):
        """The module of the user's script with its own optimiser, schedulers and loss."""
        loss = (call.loss,) if call.direct else ()
        model = self.check((call.model, call.optimizer, *loss), data, limits)
        model.cortex_schedulers = call.schedulers
        call.optimizer.zero_grad()
        return model

    def _sample_outputs(self, model, data):
        rows = data.train.inputs[: shared.SAMPLE_ROWS]
        try:
            return self._forward(model, self._inputs(model, rows))
        except (RuntimeError, TypeError, ValueError, IndexError) as error:
            raise Fault("shape", f"The model does not take the study's data: {first_line(error)}") from error

    def _inputs(self, model, rows):
        """float32, or whole numbers where the model begins by looking them up."""
        tensor = self.torch.as_tensor(rows, device=self.device)
        return tensor.long() if looks_up(self.torch, model) else tensor

    def _forward(self, model, inputs):
        model.eval()
        with self.torch.no_grad():
            output = model(inputs)
        output = output[0] if isinstance(output, (tuple, list)) else output
        if output.ndim == 1:
            output = output[:, None]
        return output.cpu().numpy()

    def count_parameters(self, model):
        own = list(model.parameters()) + list(model.buffers())
        return sum(int(values.numel()) for values in own if values.is_floating_point())

    def describe(self, model):
        layers = [
            {
                "name": name,
                "className": type(module).__name__,
                "outputShape": [],
                "parameters": self.count_parameters(module),
            }
            for name, module in model.named_modules()
            if name and not list(module.children())
        ]
        return {"layers": layers, "parameters": self.count_parameters(model)}

    def prepare(self, model, data, config):
        """The builder's own optimiser and loss where it gave them, else Adam 1e-3 and the study's
        loss."""
        outputs = self._sample_outputs(model, data)
        reading = shared.reading_for(outputs, data)
        optimizer, loss = self._parts_of(model)
        single = data.task == "classification" and outputs.shape[-1] == 1
        numbers = data.task != "classification"
        soft = data.train.targets.soft is not None
        classes = ONE_HOT if soft else CLASS_NUMBER
        form = NUMBERS if numbers else SINGLE_UNIT if single else classes
        if soft and loss is not None:
            self._require_teachable(loss, (outputs, data.train.targets, form))
        study_loss = self._study_loss(data, reading, single)
        own = loss is not None and not is_plain(loss, data.task)
        return Prepared(model, form, reading, own, optimizer, (study_loss, loss), task=data.task)

    def _parts_of(self, model):
        optimizer = loss = None
        for part in getattr(model, "cortex_parts", ()):
            if isinstance(part, self.torch.optim.Optimizer):
                optimizer = part
            elif callable(part):
                loss = part
        rate = shared.DEFAULT_LEARNING_RATE
        trained = [values for values in model.parameters() if values.requires_grad]
        if not trained:
            raise Fault("builder", "The model has nothing to train: no parameter requires a gradient.")
        return optimizer or self.torch.optim.Adam(trained, lr=rate), loss

    def _study_loss(self, data, reading, single):
        functional = self.torch.nn.functional
        if data.task == "regression":
            return lambda outputs, targets: functional.mse_loss(outputs, targets)
        logits = shared.is_logits(reading)
        if single or data.task == "multi-label":
            function = "binary_cross_entropy_with_logits" if logits else "binary_cross_entropy"
            return lambda outputs, targets: getattr(functional, function)(outputs, targets)
        if logits:
            return lambda outputs, targets: functional.cross_entropy(outputs, targets)

        def surprise(outputs, targets):
            logs = (outputs / outputs.sum(-1, keepdim=True)).clamp(1e-7, 1 - 1e-7).log()
            if targets.ndim == 1:
                return functional.nll_loss(logs, targets)
            return -(targets * logs).sum(-1).mean()

        return surprise

    def _require_teachable(self, loss, sample):
        outputs, targets, form = sample
        wanted = self.torch.as_tensor(shared.formed(targets, form)[: len(outputs)])
        try:
            loss(self.torch.as_tensor(outputs).to(self.device), wanted.to(self.device))
        except (RuntimeError, TypeError, ValueError, IndexError) as error:
            said = "Its loss takes the number of a class: it cannot be taught."
            raise Fault("refused", said) from error

    def fit(self, prepared, data, config, run):
        seed, watch = run
        targets = shared.formed(data.train.targets, prepared.form)
        inputs = self._inputs(prepared.model, data.train.inputs)
        wanted = self.torch.as_tensor(targets, device=self.device)
        if prepared.form == CLASS_NUMBER:
            wanted = wanted.reshape(-1).long()
        orders = shared.epoch_orders(len(inputs), seed)
        holding = Holding(self.torch, prepared)
        for epoch in range(config["epochs"]):
            holding.begin(epoch)
            logs = self._epoch(prepared, (inputs, wanted, next(orders)), (config, watch, holding))
            if logs is None:
                return
            if watch.epoch_ended(logs):
                return
            go_on(schedulers_of(prepared.model, at_batch=False), watch.last_logs().get("val_loss"))

    def _epoch(self, prepared, part, run):
        """Means over the rows of an epoch while they trained; None where it was cancelled."""
        inputs, wanted, order = part
        config, watch, holding = run
        study_loss, own_loss = prepared.loss
        sums, size = {"loss": 0.0, "fit_loss": 0.0, "extra": 0.0}, config["batchSize"]
        for start in range(0, len(order), size):
            if watch.cancelled():
                return None
            rows = self.torch.as_tensor(order[start : start + size], device=self.device)
            if len(rows) == 1 and start > 0:
                continue  # Batch normalisation cannot train on a single row.
            step = self._step(prepared, inputs[rows], wanted[rows], (study_loss, own_loss))
            holding.step_ended()
            go_on(schedulers_of(prepared.model, at_batch=True))
            for key, value in step.items():
                sums[key] = sums.get(key, 0.0) + value * len(rows)
        name = "mae" if prepared.task == "regression" else "accuracy"
        means = {key: value / len(order) for key, value in sums.items()}
        return {"loss": means["loss"], name: means["extra"], "fit_loss": means["fit_loss"]}

    def _step(self, prepared, inputs, wanted, losses):
        study_loss, own_loss = losses
        prepared.model.train()
        prepared.optimizer.zero_grad()
        outputs = prepared.model(inputs)
        outputs = outputs[0] if isinstance(outputs, (tuple, list)) else outputs
        outputs = outputs[:, None] if outputs.ndim == 1 else outputs
        wanted = wanted.reshape(outputs.shape) if prepared.form == NUMBERS else wanted
        measured = study_loss(outputs, wanted)
        minimised = measured if own_loss is None else own_loss(outputs, wanted)
        minimised.backward()
        prepared.optimizer.step()
        with self.torch.no_grad():
            extra = self._extra(prepared, outputs, wanted)
        return {"loss": measured.item(), "fit_loss": minimised.item(), "extra": extra.item()}

    def _extra(self, prepared, outputs, wanted):
        if prepared.form == CLASS_NUMBER:
            return (outputs.argmax(-1) == wanted).float().mean()
        if prepared.form == ONE_HOT:
            return (outputs.argmax(-1) == wanted.argmax(-1)).float().mean()
        if prepared.task != "regression":
            edge = 0.0 if shared.is_logits(prepared.reading) else 0.5
            return ((outputs > edge).float() == wanted).float().mean()
        return (outputs - wanted).abs().mean()

    def predict(self, prepared, inputs):
        step = shared.PREDICTION_BATCH
        parts = [
            self._forward(prepared.model, self._inputs(prepared.model, inputs[start : start + step]))
            for start in range(0, len(inputs), step)
        ]
        return np.concatenate(parts)


def named_as(state, named):
    """Weights by the names of a module's own `state_dict`. A layer that was put in has a name that
    they do not know, and moves the numbers of those behind it in an `nn.Sequential`: these go by
    their shapes, in order."""
    unknown = [name for name in named if name not in state]
    lacking = [name for name in state if name not in named]
    if len(unknown) == len(lacking) <= 1:
        renamed = dict(zip(unknown, lacking))
        return {renamed.get(name, name): values for name, values in named.items()}
    rest = list(named.values())
    return {name: taken(rest, tuple(own.shape)) for name, own in state.items()}


def taken(rest, shape):
    """The first of this shape, taken out."""
    for at, values in enumerate(rest):
        if values.shape == shape:
            return rest.pop(at)
    raise KeyError(f"no weights of the shape {list(shape)}")


def schedulers_of(model, at_batch):
    """The script's schedulers that go on at every batch, or those that do at every epoch."""
    own = getattr(model, "cortex_schedulers", ())
    return [each for each in own if (type(each).__name__ in BY_BATCH) is at_batch]


def go_on(schedulers, measure=None):
    for each in schedulers:
        each.step(*([measure] if type(each).__name__ == "ReduceLROnPlateau" else []))


def is_plain(loss, task):
    """Whether a loss is the study's own measure: without weights, smoothing, or sums."""
    name = type(loss).__name__
    weighted = getattr(loss, "weight", None) is not None or getattr(loss, "label_smoothing", 0)
    summed = getattr(loss, "reduction", "mean") != "mean"
    weighted = weighted or getattr(loss, "pos_weight", None) is not None
    return name in PLAIN[task] and not weighted and not summed


PLAIN = {
    "classification": ("CrossEntropyLoss",),
    "multi-label": ("BCELoss", "BCEWithLogitsLoss"),
    "regression": ("MSELoss",),
}


def looks_up(torch, model):
    """Whether the first layer with parameters is an embedding."""
    for module in model.modules():
        if list(module.children()) or not list(module.parameters(recurse=False)):
            continue
        return isinstance(module, (torch.nn.Embedding, torch.nn.EmbeddingBag))
    return False


def first_line(error):
    return str(error).strip().split("\n")[0][:300]
