"""Trains a variant once per seed, one after the other, and reports each trial as it ends."""

import time

from .curves import describe_stop, has_fallen_behind, mean_curves
from .outcome import Fault, Refused, failure_of
from .remote import RemoteFramework
from .trained import times_within

#: Between the random seeds of two folds, so that no luck of one start is shared by all folds.
FOLD_STRIDE = 1_000_003


class Training:
    """One `train` request with its data read. `report` is told of phases, epochs and trials."""

    def __init__(self, request, data, metrics, make_model, report):
        self.request = request
        self.config = request["study"]["config"]
        self.data = data
        self.metrics = metrics
        self.framework = RemoteFramework()
        self.make_model = make_model
        self.report = report
        self.parameters = None

    def run(self):
        """A variant that cannot be built or trained ends the request; one that diverges may do
        better with the next seed."""
        for seed in self.request["seeds"]:
            trial = Trial(self, seed).run()
            self.report.trial(trial)
            if trial["outcome"] == "failed" and trial["failure"]["kind"] != "not-a-number":
                break
        return self.parameters

    def bound_for(self, seed):
        bounds = self.request.get("bounds") or []
        return next((bound for bound in bounds if bound["seed"] == seed), None)


class Trial:
    """One seed: a model, or one a fold; its curves are means over the folds."""

    def __init__(self, training, seed):
        self.training = training
        self.seed = seed
        self.curves = []
        self.seconds = 0.0
        #: How its epochs were run, where the framework has more than one way.
        self.way = None
        #: How fast the model of the first fold answers.
        self.times = {}

    def run(self):
        started = time.perf_counter()
        try:
            folds = [self._fold(*fold) for fold in enumerate(self.training.data.each_fold)]
            outcome = {"outcome": "completed", "measures": self._measures(folds, started)}
        except Refused:
            raise
        except (Exception, SystemExit) as error:
            failure = failure_of(error, self.training.request["variant"]["path"])
            outcome = {"outcome": "failed", "failure": failure}
        return {
            **outcome,
            "seed": self.seed,
            "curves": mean_curves(self.curves),
            "epochs": sum(len(curves.get("loss", [])) for curves in self.curves),
            "seconds": {"fit": self.seconds, "total": time.perf_counter() - started},
            **({} if self.way is None else {"way": self.way}),
        }

    def _fold(self, number, data):
        training = self.training
        self.curves.append({})
        training.report.phase("build", self.seed)
        random = self.seed + FOLD_STRIDE * number
        model = training.make_model(data, (self.seed, random))
        prepared = training.framework.prepare(model, data, training.config)
        training.parameters = training.framework.count_parameters(model)
        training.report.phase("fit", self.seed)
        watch = Watch(self, data, prepared)
        started = time.perf_counter()
        try:
            self.way = training.framework.fit(prepared, data, training.config, (random, watch))
        finally:
            self.seconds += time.perf_counter() - started
        if watch.fault is not None:
            raise watch.fault
        scores = self._test_scores(prepared, data)
        if number == 0 and training.request.get("keepWeights"):
            self.times = times_within(model, self.seconds, training.config["limits"])
            training.report.trained(self.seed, prepared, data)
        training.framework.close(model)
        return {**self._last_logs(), **scores}

    def _last_logs(self):
        return {key: curve[-1] for key, curve in self.curves[-1].items() if curve}

    def _test_scores(self, prepared, data):
        """What the sealed part says, where it is opened."""
        if self.training.request["evaluateOn"] != "test":
            return {}
        outputs = self.training.framework.predict(prepared, data.test.inputs, "test")
        targets = data.test.targets.values
        scores = self.training.metrics.scores(outputs, targets, prepared.reading)
        return {f"test_{key}": value for key, value in scores.items()}

    def _measures(self, folds, started):
        """Means over the folds, and what the trial took."""
        means = {key: sum(fold[key] for fold in folds) / len(folds) for key in folds[0]}
        seconds = time.perf_counter() - started
        size = {"parameters": self.training.parameters}
        return {**means, **self.times, "seconds": seconds, **size}


class Watch:
    """Looks at every epoch of one fold: measures, records, and says when to stop."""

    def __init__(self, trial, data, prepared):
        self.trial = trial
        self.data = data
        self.prepared = prepared
        self.fault = None

    def cancelled(self):
        """To be asked at every batch."""
        if self.fault is None and self.trial.training.report.cancelled():
            self.fault = Fault("cancelled", "Cancelled.")
        return self.fault is not None

    def epoch_ended(self, logs):
        """`logs`: the epoch's training measures by key. Gives whether to stop."""
        framework, validation = self.trial.training.framework, self.data.validation
        outputs = framework.predict(self.prepared, validation.inputs, "validation")
        part = validation.targets.values
        scores = self.trial.training.metrics.scores(outputs, part, self.prepared.reading)
        values = {**self._training_logs(logs), **{f"val_{k}": v for k, v in scores.items()}}
        curves = self.trial.curves[-1]
        for key, value in values.items():
            curves.setdefault(key, []).append(value if is_finite(value) else None)
        self._tell()
        self._judge(values, curves)
        return self.cancelled()

    def last_logs(self):
        curves = self.trial.curves[-1]
        return {key: curve[-1] for key, curve in curves.items() if curve[-1] is not None}

    def _training_logs(self, logs):
        if self.data.task == "regression":
            targets = self.data.train.targets.values
            variance = float(((targets - targets.mean(axis=0)) ** 2).mean())
            logs = {**logs, "r2": 1 - logs["loss"] / variance if variance > 0 else 0.0}
        if self.prepared.own_objective:
            return logs
        return {key: value for key, value in logs.items() if key != "fit_loss"}

    def _tell(self):
        trial = self.trial
        curves = mean_curves(trial.curves)
        epoch = len(trial.curves[-1]["loss"])
        folds = len(self.data_folds())
        fold = {"number": len(trial.curves), "count": folds} if folds > 1 else None
        logs = {key: curve[epoch - 1] for key, curve in curves.items() if len(curve) >= epoch}
        trial.training.report.epoch(trial.seed, epoch, logs, fold)

    def data_folds(self):
        return self.trial.training.data.each_fold

    def _judge(self, values, curves):
        epoch, epochs = len(curves["loss"]), self.trial.training.config["epochs"]
        broken = next((key for key, value in values.items() if not is_finite(value)), None)
        if broken is not None:
            where = f"in epoch {epoch} of {epochs}"
            text = f"{broken} stopped being a finite number {where}."
            self.fault = self.fault or Fault("not-a-number", text)
        # A bound is the parent's mean over all folds: a single fold may lie anywhere around it.
        bound = self.trial.training.bound_for(self.trial.seed)
        if bound is None or len(self.data_folds()) > 1:
            return
        curve = curves.get(bound["metric"], [])
        if has_fallen_behind(bound, curve):
            self.fault = self.fault or Fault("stopped", describe_stop(bound, curve))


def is_finite(value):
    return value is not None and value == value and abs(value) != float("inf")
