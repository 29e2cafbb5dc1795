"""Reads requests, answers each, ends when its input does. The one place that catches everything."""

import os
import platform
import random
import sys
import traceback

import numpy as np

from . import keras_framework, torch_framework
from .arrays import Memory
from .builder import call_builder, find_builder
from .channel import Channel, Requests, ToGuest, ToTrainer
from .guard import Guard
from .guest import GuestFit, given, shaped
from .metrics import study_metrics
from .modules import forget_modules, run_module
from .outcome import Fault, Refused, failure_of
from .profile import profile_of
from .references import reference_scores
from .remote import RemoteModel
from .script import run_variant
from .study_data import StudyDataCache
from .trial import Training

PROTOCOL_VERSION = 3

FRAMEWORKS = {"keras": keras_framework.load, "torch": torch_framework.load}


def serve():
    channel, requests = Channel(), Requests()
    session = None
    for request in requests:
        try:
            if request.get("type") == "hello":
                channel.greet(request["word"])
                session = Session(request, channel, requests)
                session.ready()
            elif session is None or "problem" in request:
                raise bad_request(request.get("problem", "work before hello"))
            else:
                session.answer(request)
        except Refused as refused:
            channel.send(type="refused", id=request.get("id"), error=refused.fields)
        except Exception:
            refused = defect(traceback.format_exc())
            channel.send(type="refused", id=request.get("id"), error=refused.fields)


class Session:
    """A worker after its `hello`, answering one request at a time."""

    def __init__(self, hello, channel, requests):
        if hello["protocol"] != PROTOCOL_VERSION:
            raise protocol_mismatch(hello["protocol"])
        self.channel = channel
        self.requests = requests
        self.hello = hello
        Memory.allow(hello["resources"]["memoryMB"])
        is_trainer = hello["role"] == "trainer"
        self.at_work = Trainer(self) if is_trainer else Builder(self)

    def ready(self):
        own = {"python": platform.python_version(), "interpreter": shortened(sys.executable)}
        versions = {**own, **self.at_work.versions()}
        environment = {
            "cortex": self.hello["cortex"],
            "runtime": self.hello["runtime"],
            "probe": {},
            "versions": versions,
            "platform": f"{sys.platform}-{platform.machine().lower()}",
        }
        self.channel.send(type="ready", protocol=PROTOCOL_VERSION, environment=environment)

    def answer(self, request):
        study = request["study"]
        os.chdir(study["folder"])
        forget_modules(study["folder"])
        self.at_work.answer(request)

    def named(self, request, work):
        """What the variant does wrong is an answer, not an exception."""
        try:
            work()
        except Refused:
            raise
        except (Exception, SystemExit) as error:
            failure = failure_of(error, request["variant"]["path"])
            self.channel.send(type="failed", id=request["id"], failure=failure)

    def phase(self, request, phase, seed):
        self.channel.send(type="phase", id=request["id"], phase=phase, seed=seed)


class Trainer:
    """Has the data and measures; never runs a line of a variant."""

    def __init__(self, session):
        self.session = session
        self.data = StudyDataCache(seed_data)
        self.metrics = None

    def versions(self):
        return {"numpy": np.__version__}

    def answer(self, request):
        study, session = request["study"], self.session
        session.phase(request, "data", None)
        unsealed = request.get("evaluateOn") == "test"
        data = self.data.unsealed(study) if unsealed else self.data.sealed(study)
        self.metrics = study_metrics(study, data.task)
        answers = {"profile": self.profile, "reference": self.reference, "train": self.train}
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

        def make_model(fold, seed):
            return RemoteModel(line, request, fold, seed)

        report = Report(self.session, request)
        parameters = Training(request, data, self.metrics, make_model, report).run()
        self.session.channel.send(
            type="trained", id=request["id"], parameters=parameters, dataHash=data.hash
        )


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


class Builder:
    """Runs a variant's code; has no data but the rows that it trains on."""

    def __init__(self, session):
        self.session = session
        self.hello = session.hello
        self.guard = Guard()
        self.framework = FRAMEWORKS[session.hello["runtime"]]()

    def versions(self):
        return self.framework.versions()

    def answer(self, request):
        answers = {"draw": self.draw, "fit": self.fit}
        if request["type"] not in answers:
            raise bad_request(f'{request["type"]} to a builder')
        self.session.named(request, lambda: answers[request["type"]](request))

    def draw(self, request):
        self.session.phase(request, "build", None)
        if request["shape"] is None:
            raise Fault("data", "The study has no data yet: a model is built for their shape.")
        model = self.make_model(request, shaped(request["shape"]), request["random"])
        drawing = {"kind": "needs-code", "why": "Python trains a model in the process that made it"}
        described = self.framework.describe(model)
        self.session.channel.send(
            type="drawn", id=request["id"], model=described, drawing=drawing
        )

    def fit(self, request):
        data = given(request["data"], request["frame"])
        config = request["study"]["config"]
        model = self.make_model(request, data, request["random"])
        prepared = self.framework.prepare(model, data, config)
        GuestFit(self.framework, prepared, ToTrainer(self.session, request)).run(request, data)

    def make_model(self, request, data, seed):
        """The variant's text in place of its file; its builder called with everything random set."""
        variant, config = request["variant"], request["study"]["config"]
        with self.guard:
            if config.get("script"):
                return self.from_script(request, data, seed)
            module = run_module(variant["path"], variant["text"])
            named = config.get("builder")
            names = [named] if named else self.hello["builderNames"]
            builder = find_builder(module, names, self.framework.is_model_class)
            self.framework.seed(seed)
            returned = call_builder(builder, data, config.get("arguments"))
            return self.framework.check(returned, data, config["limits"])

    def from_script(self, request, data, seed):
        """The model that the user's script was about to train, and what it was to be trained
        with."""
        variant, study = request["variant"], request["study"]
        script = os.path.normpath(os.path.join(study["folder"], study["config"]["script"]))
        os.chdir(os.path.dirname(script))
        self.framework.seed(seed)
        call = run_variant(self.framework.look(), script, variant)
        return self.framework.from_call(call, data, study["config"]["limits"])


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

    def trial(self, trial):
        self.session.channel.send(type="trial", id=self.request["id"], trial=trial)

    def cancelled(self):
        return self.session.requests.is_cancelled(self.request["id"])


def shortened(path):
    """Records travel: whose home it is, is nobody's business."""
    home = os.path.expanduser("~")
    return "~" + path[len(home) :] if path.startswith(home + os.sep) else path


def protocol_mismatch(asked):
    return Refused(
        "trainer-protocol-mismatch",
        f"Cortex speaks version {asked} of the training protocol, its worker {PROTOCOL_VERSION}.",
        "both to come from the same installation.",
        "Reinstall Cortex (or run `npm run build` again).",
        kind="environment",
    )


def bad_request(problem):
    return Refused(
        "trainer-bad-request",
        f"The worker was sent something it does not understand: {problem}",
        "a request of src/execution/protocol.ts.",
        "Report this with the log.",
        kind="defect",
    )


def defect(trace):
    return Refused(
        "trainer-defect",
        f"The worker failed: {trace}",
        "it to answer.",
        "Report this with the log.",
        kind="defect",
    )
