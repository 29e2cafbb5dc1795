"""The surrogate of LCBench, asked line by line, and Optuna's TPE on the same one.

Reads one JSON request a line and answers with one line:
`{"task", "points": [[batch size, learning rate, momentum, weight decay, layers, units, dropout]], "epochs"}`: the
validation accuracy of each point at each of the epochs; `{"task", "known": true}`: the best that is known, the median
of chance, and the best few points; `{"task", "tpe": trials, "seed"}`: the best accuracy so far after each trial.
Arguments: the folder of onnxruntime, the model, its encoding of tasks.
"""
import json
import sys

sys.path.insert(0, sys.argv[1])
import numpy as np
import onnxruntime

EPOCHS = 52
LOW = np.array([16, 1e-4, 0.1, 1e-5, 1, 64, 0])
HIGH = np.array([512, 1e-1, 0.99, 1e-1, 5, 1024, 1])
LOG = np.array([True, True, False, False, False, True, False])
WHOLE = np.array([True, False, False, False, True, True, False])
DRAWN, KEPT, CHILDREN, GENERATIONS = 2000, 20, 400, 25

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
session = onnxruntime.InferenceSession(sys.argv[2], options)
with open(sys.argv[3]) as file:
    codes = json.load(file)["OpenML_task_id"]


def accuracy(task, points, epochs=EPOCHS):
    points = np.asarray(points, "float32")
    whole = np.concatenate([np.full((len(points), 1), epochs, "float32"), points], 1)
    kinds = np.full((len(points), 1), codes[task], "int32")
    return session.run(None, {"x_cat": kinds, "x_cont": whole})[0][:, 1].astype(float)


def points_at(shares):
    low, high = (np.where(LOG, np.log(np.maximum(end, 1e-12)), end) for end in (LOW, HIGH))
    at = low + (high - low) * np.clip(shares, 0, 1)
    at = np.where(LOG, np.exp(at), at)
    return np.where(WHOLE, np.round(at), at)


def known(task):
    """By chance, then by evolution from the best of it: far more than any search here may ask."""
    rng = np.random.RandomState(0)
    shares = rng.rand(DRAWN, len(LOW))
    values = accuracy(task, points_at(shares))
    median = float(np.median(values))
    for _ in range(GENERATIONS):
        best = np.argsort(-values)[:KEPT]
        shares, values = shares[best], values[best]
        children = shares[rng.randint(KEPT, size=CHILDREN)] + rng.normal(0, 0.08, (CHILDREN, len(LOW)))
        shares = np.concatenate([shares, np.clip(children, 0, 1)])
        values = np.concatenate([values, accuracy(task, points_at(children))])
    best = np.argsort(-values)[:KEPT]
    return {"best": float(values[best[0]]), "median": median, "points": points_at(shares[best]).tolist()}


def tpe(task, trials, seed):
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)

    def value(trial):
        point = [
            trial.suggest_int(str(place), int(low), int(high), log=bool(log))
            if whole
            else trial.suggest_float(str(place), low, high, log=bool(log))
            for place, (low, high, log, whole) in enumerate(zip(LOW, HIGH, LOG, WHOLE))
        ]
        return float(accuracy(task, [point])[0])

    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=seed))
    study.optimize(value, n_trials=trials)
    return np.maximum.accumulate([trial.value for trial in study.trials]).tolist()


for line in sys.stdin:
    asked = json.loads(line)
    task = asked["task"]
    if "points" in asked:
        answer = np.stack([accuracy(task, asked["points"], epoch) for epoch in asked["epochs"]], 1).tolist()
    elif "tpe" in asked:
        answer = tpe(task, asked["tpe"], asked["seed"])
    else:
        answer = known(task)
    print(json.dumps(answer), flush=True)
