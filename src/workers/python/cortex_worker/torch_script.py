"""Where a PyTorch script takes its first step: the module, its optimiser and its loss, and (when
it is observed) the rows of its first epoch."""

import functools
import gc
import inspect

from .outcome import Fault
from .script import Reached, replace

#: Losses of torch.nn.functional; the modules of torch.nn call these as well.
FUNCTIONALS = (
    "cross_entropy", "nll_loss", "binary_cross_entropy", "binary_cross_entropy_with_logits",
    "mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss", "kl_div", "poisson_nll_loss",
    "gaussian_nll_loss", "multi_margin_loss", "soft_margin_loss", "multilabel_soft_margin_loss",
    "hinge_embedding_loss",
)

#: Those that take outputs and targets in any order.
EVEN = (
    "mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss", "MSELoss", "L1Loss", "SmoothL1Loss",
    "HuberLoss",
)

COMMAND_HELPS = 'Name the command under "train" in cortex.json: then each trial is a run of it.'


class StepCall:
    """What the script was about to train: `direct`: its loss takes the module's own outputs."""

    def __init__(self, model, optimizer, loss):
        self.model = model
        self.optimizer = optimizer
        self.optimizer_words = words_on(optimizer)
        self.loss = loss["call"]
        self.loss_name = loss["name"]
        self.direct = loss["direct"]
        self.schedulers = schedulers_of(optimizer)


class FirstStep:
    """The first step of an optimiser, before it changes anything."""

    missing = (
        "The script came to its end without a step of a torch optimizer on a loss of torch.nn. "
        + COMMAND_HELPS
    )

    def __init__(self, torch):
        self.torch = torch
        self.call = None
        self._depth = 0
        self._forward = None
        self._losses = []
        self._backward = None

    def found(self):
        return self.call

    def watch(self):
        from torch.optim.optimizer import register_optimizer_step_pre_hook
        from torch.utils.data import DataLoader

        torch = self.torch
        functional, loader = torch.nn.functional, DataLoader
        there = [name for name in FUNCTIONALS if hasattr(functional, name)]
        handle = register_optimizer_step_pre_hook(self._stepping)
        return [
            handle.remove,
            replace(torch.nn.Module, "__call__", self._module_call(torch.nn.Module.__call__)),
            replace(torch.Tensor, "backward", self._backward_call(torch.Tensor.backward)),
            replace(loader, "__init__", alone(loader.__init__)),
        ] + [
            replace(functional, name, self._loss_call(getattr(functional, name), name))
            for name in there
        ]

    def _module_call(self, original):
        watch, losses = self, self.torch.nn.modules.loss._Loss

        def call(module, *args, **kwargs):
            if watch._depth > 0:
                return original(module, *args, **kwargs)
            is_loss = isinstance(module, losses)
            watch._depth += 1
            try:
                output = original(module, *args, **kwargs)
            finally:
                watch._depth -= 1
            if is_loss:
                watch._lost(module, type(module).__name__, args)
            elif watch.torch.is_grad_enabled() and any(True for _ in module.parameters()):
                watch._ran(module, args, kwargs, output)
            return output

        return call

    def _loss_call(self, original, name):
        @functools.wraps(original)
        def call(*args, **kwargs):
            value = original(*args, **kwargs)
            if self._depth == 0:
                own = functools.partial(original, **kwargs) if kwargs else original
                self._lost(own, name, args)
            return value

        return call

    def _ran(self, module, args, kwargs, output):
        output = output[0] if isinstance(output, (tuple, list)) and output else output
        before = self._forward
        chained = before is not None and not self._losses and args and args[0] is before["output"]
        inputs = [each for each in (*args, *kwargs.values()) if each is not None]
        self._losses = []
        if chained:
            self._forward = {**before, "modules": [*before["modules"], module], "output": output}
        else:
            self._forward = {"modules": [module], "inputs": inputs, "output": output}

    def _lost(self, loss, name, args):
        if self._forward is None or len(args) < 2:
            return
        given, target = args[:2]
        output = self._forward["output"]
        # Some write loss(targets, outputs).
        if same(target, output) and not same(given, output):
            given, target = target, given
            loss = loss if name in EVEN else turned(loss)
        self._losses.append(
            {"call": loss, "name": name, "target": target, "direct": same(given, output)}
        )

    def _backward_call(self, original):
        def backward(tensor, *args, **kwargs):
            if self._forward is not None:
                self._backward = {**self._forward, "losses": self._losses}
            self._forward, self._losses = None, []
            return original(tensor, *args, **kwargs)

        return backward

    def _stepping(self, optimizer, args, kwargs):
        if self._backward is None:
            return
        run, self._backward = self._backward, None
        if self.call is None:
            self.call = self._first(optimizer, run)
        self.stepped(optimizer, run)

    def stepped(self, optimizer, run):
        raise Reached

    def _first(self, optimizer, run):
        model = sole_module(run["modules"])
        require_plain(run)
        own = {id(values) for values in model.parameters()}
        trained = [values for group in optimizer.param_groups for values in group["params"]]
        if any(id(values) not in own for values in trained):
            raise Fault("builder", f"The optimizer trains more than one module. {COMMAND_HELPS}")
        return StepCall(model, optimizer, run["losses"][0])


def sole_module(modules):
    if len(modules) == 1:
        return modules[0]
    names = ", ".join(type(each).__name__ for each in modules[:4])
    raise Fault("builder", f"The script calls several modules in turn ({names}); one is needed. {COMMAND_HELPS}")


def require_plain(run):
    """One input and one known loss: what Cortex's own loop can train."""
    inputs, losses = len(run["inputs"]), len(run["losses"])
    if inputs != 1:
        raise Fault("builder", f"The module is given {inputs} inputs; one is needed. {COMMAND_HELPS}")
    if losses != 1:
        what = "no loss of torch.nn" if losses == 0 else f"{losses} losses"
        raise Fault("builder", f"The script's step minimises {what}; one is needed. {COMMAND_HELPS}")


def words_on(optimizer):
    rates = sorted({f"{group['lr']:g}" for group in optimizer.param_groups if "lr" in group})
    return " ".join([type(optimizer).__name__, *rates])


def turned(loss):
    return lambda outputs, targets: loss(targets, outputs)


def same(given, output):
    """The module's outputs themselves, or all of them in another shape."""
    if given is output:
        return True
    try:
        return given.data_ptr() == output.data_ptr() and given.numel() == output.numel()
    except AttributeError:
        return False


def schedulers_of(optimizer):
    """The schedulers of learning rates that were made for an optimiser."""
    from torch.optim import lr_scheduler

    base = getattr(lr_scheduler, "LRScheduler", None) or lr_scheduler._LRScheduler
    kinds = (base, lr_scheduler.ReduceLROnPlateau)
    return [each for each in gc.get_objects() if isinstance(each, kinds) and each.optimizer is optimizer]


#: What a loader needs other processes for.
BESIDE = ("persistent_workers", "prefetch_factor", "multiprocessing_context", "timeout")


def alone(original):
    """A loader that reads in this process: a trial starts no other."""
    signature = inspect.signature(original)

    def init(self, *args, **kwargs):
        given = dict(signature.bind(self, *args, **kwargs).arguments)
        kept = {name: each for name, each in given.items() if name not in (*BESIDE, "self")}
        original(self, **{**kept, "num_workers": 0})

    return init
