"""Trains a Keras model on JAX by whole epochs: each is one compiled program, a scan over its steps.
`model.fit` comes back to Python at every step, and compiles anew for every model of a process; here
a seed that follows begins at once. Seeds are not stacked (`vmap`): on a CPU that took three times as
long to compile, ran as fast, and made a seed's curve depend on those beside it."""

import re

import numpy as np

from . import framework as shared
from .outcome import described


class NotCompiled(Exception):
    """Why a model trains by its own `fit`."""


class CompiledFit:
    """One training: `state` is that of the model's variables, which it leaves alone until it ends."""

    def __init__(self, keras, model, training):
        """`training`: the rows (inputs, targets and weights or None), the size of a batch, and what
        the weights are held to (or None). Raises NotCompiled where the model cannot be followed
        without being run."""
        rows, batch, self.hold = training
        #: What goes beside held weights through the steps of an epoch.
        self.beside = None
        require_plain(keras, model)
        try:
            self.model = model
            self.state = built_state(model, [part[:batch] for part in rows if part is not None])
            self.program = program_for(keras, model, self.state, training)
        except Exception as error:
            raise NotCompiled(described(error)) from error
        self.rows = rows
        self._fresh_metrics = self.state[3]

    def train(self, epochs, orders, callbacks, on_epoch):
        """`orders`: the order of the rows, epoch by epoch. `on_epoch` is given what an epoch logged,
        completes it, and gives whether to stop."""
        self.model.stop_training = False
        callbacks.on_train_begin()
        for epoch in range(epochs):
            self._call(lambda: callbacks.on_epoch_begin(epoch), callbacks)
            self._begin_holding(epoch)
            logs = self._epoch(next(orders))
            stop = on_epoch(logs)
            self._call(lambda: callbacks.on_epoch_end(epoch, logs), callbacks)
            if stop or self.model.stop_training:
                break
        self._put_back()
        callbacks.on_train_end()
        self.state = state_of(self.model)

    def predict(self, inputs):
        return self.program.predict(self.state, inputs)

    def _begin_holding(self, epoch):
        if self.hold is None:
            return
        trainable, *others = self.state
        values = [np.asarray(each) for each in trainable]
        held, self.beside = self.hold.begin(epoch, values, self.beside)
        self.state = (held, *others)

    def _epoch(self, order):
        trainable, others, slots, _ = self.state
        begun = ((trainable, others, slots, self._fresh_metrics), self.beside)
        logs, (self.state, self.beside) = self.program.epoch(
            begun, order.astype(np.int32), *self.rows
        )
        return {key: float(value) for key, value in logs.items()}

    def _call(self, callback, callbacks):
        """Callbacks look at the model's variables and change its learning rate."""
        if not callbacks.callbacks:
            return
        self._put_back()
        callback()
        self.state = state_of(self.model)

    def _put_back(self):
        for variables, values in zip(groups_of(self.model), self.state):
            for variable, value in zip(variables, values):
                variable.assign(value)


class Program:
    """The compiled epoch of one architecture, and its predictions."""

    def __init__(self, model, batch, hold):
        import jax

        self._jax = jax
        self._model = model
        self._batch = batch
        self._held = hold.step if hold else lambda weights, beside: (weights, beside)
        self.epoch = jax.jit(self._epoch)
        self._outputs = jax.jit(self._all_outputs)

    def _epoch(self, begun, order, inputs, targets, weights):
        """`begun`: the state, and what goes beside held weights."""
        data = tuple(part for part in (inputs, targets, weights) if part is not None)

        def step(before, rows):
            state, beside = before
            logs, state = self._model.train_step(state, tuple(part[rows] for part in data))
            trainable, beside = self._held(state[0], beside)
            return ((trainable, *state[1:]), beside), logs

        whole = len(order) // self._batch * self._batch
        logs = None
        if whole:
            begun, every = self._jax.lax.scan(step, begun, order[:whole].reshape(-1, self._batch))
            logs = {key: values[-1] for key, values in every.items()}
        if whole < len(order):
            begun, logs = step(begun, order[whole:])
        return logs, begun

    def predict(self, state, inputs):
        """In batches, the last one filled up: one program for any number of rows is quickest."""
        size = min(shared.PREDICTION_BATCH, len(inputs))
        missing = -len(inputs) % size
        filled = np.concatenate([inputs, inputs[:missing]]) if missing else inputs
        batches = filled.reshape(-1, size, *inputs.shape[1:])
        outputs = np.asarray(self._outputs(state[0], state[1], batches))
        return outputs.reshape(-1, *outputs.shape[2:])[: len(inputs)]

    def _all_outputs(self, trainable, others, batches):
        told = {"training": False} if self._model._call_has_training_arg else {}

        def outputs(batch):
            made = self._model.stateless_call(trainable, others, batch, **told)[0]
            return made[0] if isinstance(made, (list, tuple)) else made

        return self._jax.lax.map(outputs, batches)


#: Programs of this process, which is one variant's; by what they were compiled from.
PROGRAMS = {}


def program_for(keras, model, state, training):
    """A program of an earlier seed where nothing but the values of the variables differs."""
    import jax

    rows, batch, hold = training
    order = np.zeros(len(rows[0]), np.int32)
    shapes = jax.tree_util.tree_map(lambda each: (each.shape, str(each.dtype)), (state, rows))
    form = form_of(keras, model)
    key = (form, batch, type(hold), str(shapes))
    program = PROGRAMS.get(key) if form else None
    if program is None:
        program = Program(model, batch, hold)
        beside = list(state[0]) if hold else None
        jax.eval_shape(program.epoch, (state, beside), order, *rows)
        jax.eval_shape(program._all_outputs, state[0], state[1], rows[0][None, :1])
        PROGRAMS[key] = program
    return program


def form_of(keras, model):
    """All that a model is but for its variables; None where code of the user's own is in it."""
    library = keras.Model.__module__.split(".")[0]
    layers = [model, *model._flatten_layers()]
    if any(type(each).__module__.split(".")[0] != library for each in layers):
        return None
    settings = {**model.optimizer.get_config(), "name": None}
    if isinstance(settings["learning_rate"], float):
        settings["learning_rate"] = "a variable"
    return numbered(model.to_json()) + str(settings)


def numbered(text):
    """Names that count what was built before (dense_7) stand for the same thing in the next one."""
    names = {}
    return re.sub(
        r'"[a-z][a-z0-9_]*?(?:_\d+)?"', lambda m: f'"{names.setdefault(m[0], len(names))}"', text
    )


def require_plain(keras, model):
    if type(model).fit is not keras.Model.fit:
        raise NotCompiled("the model has a fit of its own")


def built_state(model, sample):
    """Makes all variables: metrics have theirs when they see a batch, optimisers when asked."""
    model.optimizer.build(model.trainable_variables)
    model._symbolic_build(data_batch=tuple(sample))
    model.reset_metrics()
    return state_of(model)


def groups_of(model):
    return (
        model.trainable_variables,
        model.non_trainable_variables,
        model.optimizer.variables,
        model.metrics_variables,
    )


def state_of(model):
    return tuple([variable.value for variable in group] for group in groups_of(model))
