"""Has the data and measures; never runs a line of a variant."""

import random
import sys

import numpy as np

from .channel import ToGuest
from .metrics import study_metrics
from .outcome import bad_request
from .profile import profile_of
from .references import reference_scores
from .remote import LoadedModel, RemoteModel, as_bytes
from .study_data import StudyDataCache
from .trained import trained_file
from .trial import Training


class Trainer:
    """The work of a session that trains."""

    def __init__(self, session):
        self.session = session
        self.data = StudyDataCache(seed_data)
        self.metrics = None

    def versions(self):
        return {"numpy": np.__version__}

    def answer(self, request):
        study, session = request["study"], self.session
        session.phase(request, "data", None)
        unsealed = part_of(request) == "test"
        data = self.data.unsealed(study) if unsealed else self.data.sealed(study)
        self.metrics = study_metrics(study, data.task)
        answers = {
            "profile": self.profile, "reference": self.reference, "predict": self.predict,
            "train": self.train,
        }
        if request["type"] not in answers:
            raise bad_request(f'{request["type"]} to a trainer')
        answers[request["type"]](request, data)

    def profile(self, request, data):
        profile = profile_of(data)
        self.session.channel.send(type="profiled", id=request["id"], profile=profile)

    def reference(self, request, data):
        scores = reference_scores(data)
        self.session.channel.send(type="referenced", id=request["id"], scores=scores)

    def train(self, request, data):
        line = ToGuest(self.session, request)

        def make_model(fold, run):
            return RemoteModel(line, request, fold, run)

        report = Report(self.session, request)
        parameters = Training(request, data, self.metrics, make_model, report).run()
        self.session.channel.send(
            type="trained", id=request["id"], parameters=parameters, dataHash=data.hash
        )


    def predict(self, request, data):
        """A model that was trained before, on a part; and it in another format."""
        saved, channel = request["model"], self.session.channel
        model = LoadedModel(ToGuest(self.session, request), request, data)
        part = part_of(request)
        rows = data.test if part == "test" else data.validation
        outputs = model.predict(rows.inputs, part)
        reading = "logits" if saved["reading"].endswith("logits") else "probabilities"
        scores = self.metrics.scores(outputs, rows.targets.values, reading)
        prefix = "test" if part == "test" else "val"
        measures = {f"{prefix}_{key}": value for key, value in scores.items()}
        if saved["timed"]:
            measures = {**measures, **model.times(TIMING_SECONDS)}
        for name, content in model.files() if saved.get("writeAs") else ():
            self.tell_frame(request, f"file {name}", content)
        model.say("go", stop=True, logs={})
        self.tell_frame(request, "outputs", as_bytes(outputs))
        channel.send(type="predicted", id=request["id"], measures=measures)

    def tell_frame(self, request, name, content):
        self.session.channel.send(
            content, type="frame", id=request["id"], name=name, bytes=len(content)
        )


def part_of(request):
    """What a training is measured on, or a model that was trained before."""
    return request.get("evaluateOn") or request.get("model", {}).get("evaluateOn") or "validation"


#: What timing may take for one row, and for several.
TIMING_SECONDS = 0.15


def seed_data(seed):
    """A module that makes up its data does so alike, whatever library it draws from."""
    random.seed(seed)
    np.random.seed(seed % 2**32)
    for name, attribute in (("torch", "manual_seed"), ("keras", "utils.set_random_seed")):
        owner = sys.modules.get(name)
        for part in attribute.split(".") if owner else ():
            owner = getattr(owner, part)
        if owner:
            owner(seed)


class Report:
    """What a training tells of itself while it runs."""

    def __init__(self, session, request):
        self.session = session
        self.request = request

    def phase(self, phase, seed):
        self.session.phase(self.request, phase, seed)

    def epoch(self, seed, epoch, logs, fold):
        more = {} if fold is None else {"fold": fold}
        epochs = self.request["study"]["config"]["epochs"]
        self.session.channel.send(
            type="progress", id=self.request["id"], seed=seed, epoch=epoch, epochs=epochs,
            logs=logs, **more,
        )

    def trained(self, seed, prepared, data):
        """What a seed has trained goes before its trial."""
        file = trained_file(self.session.hello["runtime"], prepared, data, seed)
        name = f"weights {seed}"
        self.session.channel.send(
            file, type="frame", id=self.request["id"], name=name, bytes=len(file)
        )

    def trial(self, trial):
        self.session.channel.send(type="trial", id=self.request["id"], trial=trial)

    def cancelled(self):
        return self.session.requests.is_cancelled(self.request["id"])
