# python predict_tflite.py <folder of an export as tflite> < rows.json – prints the outputs of each row
import json, sys, numpy as np, tensorflow as tf  # or: from ai_edge_litert.interpreter import Interpreter

folder = sys.argv[1]
told = json.load(open(f"{folder}/preprocessing.json"))
rows = np.array(json.load(sys.stdin), dtype="float32")  # flat rows of numbers
if told["inputs"]:
    rows = (rows - told["inputs"]["mean"]) / told["inputs"]["deviation"]
model = tf.lite.Interpreter(f"{folder}/model.tflite").get_signature_runner()
[name] = model.get_input_details()
outputs = next(iter(model(**{name: rows.reshape(-1, *told["inputShape"]).astype("float32")}).values()))
if told["targets"]:
    outputs = outputs * told["targets"]["deviation"] + told["targets"]["mean"]
print(json.dumps(outputs.tolist()))
