"""Reads requests, answers each, ends when its input does. The one place that catches everything."""

import os
import platform
import sys
import traceback

from . import keras_framework, torch_framework
from .arrays import Memory
from .builder import call_builder, find_builder
from .channel import Channel, Requests, ToTrainer
from .footing import Footing
from .guard import Guard
from .guest import GuestFit, GuestLoad, given, shaped
from .loader import Loaded
from .modules import forget_modules, run_module
from .outcome import Fault, Refused, bad_request, described, failure_of
from .script import run_variant
from .trainer import Trainer

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
        roles = {"trainer": Trainer, "builder": Builder, "loader": Loader}
        self.at_work = roles[hello["role"]](self)

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


class Builder:
    """Runs a variant's code; has no data but the rows that it trains on."""

    def __init__(self, session):
        self.session = session
        self.hello = session.hello
        self.guard = Guard()
        self.framework = self.load_framework()

    def load_framework(self):
        return FRAMEWORKS[self.hello["runtime"]]()

    def versions(self):
        return self.framework.versions()

    def answer(self, request):
        answers = {"build": self.build, "fit": self.fit}
        if request["type"] not in answers:
            raise bad_request(f'{request["type"]} to a builder')
        self.session.named(request, lambda: answers[request["type"]](request))

    def build(self, request):
        self.session.phase(request, "build", None)
        if request["shape"] is None:
            raise Fault("data", "The study has no data yet: a model is built for their shape.")
        model = self.make_model(request, shaped(request["shape"]), 0)
        described = self.framework.describe(model)
        self.session.channel.send(type="built", id=request["id"], model=described)

    def fit(self, request):
        given_data = given(request["data"], request["frame"])
        config = request["study"]["config"]

        def teacher(source):
            return self.make_model({**request, "variant": source}, given_data, 0)

        footing = Footing(request, self.framework, teacher)
        data = footing.taught(given_data)
        model = self.make_model(request, data, request["random"])
        footing.begin(model)
        prepared = self.framework.prepare(model, data, config)
        prepared.hold = footing.held(config["epochs"])
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


class Loader(Builder):
    """Puts one trained model together, in the library that its format takes."""

    def load_framework(self):
        return None

    def versions(self):
        return {}

    def answer(self, request):
        if request["type"] != "load":
            raise bad_request(f'{request["type"]} to a loader')
        line = ToTrainer(self.session, request)
        try:
            GuestLoad(Loaded(request, self.built), line).run()
        except Refused as refused:
            failure = failure_of(refused, "")
            line.say("failed", failure=failure, refusal=refused.fields)
        except (Exception, SystemExit) as error:
            refusal = not_loadable(request["model"]["format"], error).fields
            line.say("failed", failure=failure_of(error, ""), refusal=refusal)

    def built(self, framework, request):
        """The model of the variant's code, where its weights do not say it."""
        self.framework = framework
        variant = request["model"].get("source")
        if variant is None:
            raise Fault("builder", "The weights need the builder they were trained by.")
        return self.make_model({**request, "variant": variant}, shaped(request["shape"]), 0)


def not_loadable(name, error):
    return Refused(
        "weights-not-loadable",
        f"The trained model cannot be put together ({name}): {described(error)}",
        "weights of the builder as it stands in the attempt, and layers that the format knows.",
        "Choose another format; --format safetensors always holds the weights.",
    )


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


def defect(trace):
    return Refused(
        "trainer-defect",
        f"The worker failed: {trace}",
        "it to answer.",
        "Report this with the log.",
        kind="defect",
    )
