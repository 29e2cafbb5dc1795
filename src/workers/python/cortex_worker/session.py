"""Reads requests, answers each, ends when its input does. The one place that catches everything."""

import os
import platform
import sys
import traceback

from . import keras_framework, torch_framework
from .arrays import Memory
from .builder import call_builder, find_builder
from .channel import Channel, Requests
from .guard import Guard
from .modules import forget_modules, run_module
from .outcome import Refused, failure_of
from .probe import seconds_per_step
from .profile import profile_of
from .references import reference_scores
from .script import run_variant
from .study_data import StudyDataCache
from .trial import Training, require_metrics

PROTOCOL_VERSION = 2

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
    """A worker after its `hello`: one framework, warm, answering one request at a time."""

    def __init__(self, hello, channel, requests):
        if hello["protocol"] != PROTOCOL_VERSION:
            raise protocol_mismatch(hello["protocol"])
        self.channel = channel
        self.requests = requests
        self.hello = hello
        Memory.allow(hello["resources"]["memoryMB"])
        self.guard = Guard()
        self.framework = FRAMEWORKS[hello["runtime"]]()
        self.data = StudyDataCache(self.framework.seed)

    def ready(self):
        own = {"python": platform.python_version(), "interpreter": shortened(sys.executable)}
        versions = {**own, **self.framework.versions()}
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
        self.phase(request, "data", None)
        unsealed = request.get("evaluateOn") == "test"
        data = self.data.unsealed(study) if unsealed else self.data.sealed(study)
        require_metrics(study["config"]["objective"], data.task)
        getattr(self, request["type"])(request, data)

    def profile(self, request, data):
        self.channel.send(type="profiled", id=request["id"], profile=profile_of(data))

    def reference(self, request, data):
        self.channel.send(type="referenced", id=request["id"], scores=reference_scores(data))

    def build(self, request, data):
        self.phase(request, "build", None)
        self._named(request, lambda: self.channel.send(
            type="built",
            id=request["id"],
            model=self.framework.describe(self.make_model(request, data, 0)),
        ))

    def probe(self, request, data):
        self.phase(request, "build", None)
        report = Report(self, request)
        self._named(request, lambda: self.channel.send(
            type="probed",
            id=request["id"],
            secondsPerStep=seconds_per_step(
                self.framework, self.make_model(request, data, 0), (data, request, report)
            ),
        ))

    def train(self, request, data):
        def make_model(fold, seed):
            return self.make_model(request, fold, seed)

        report = Report(self, request)
        parameters = Training(request, data, self.framework, make_model, report).run()
        self.channel.send(
            type="trained", id=request["id"], parameters=parameters, dataHash=data.hash
        )

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

    def _named(self, request, work):
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
