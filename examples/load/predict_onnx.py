# python predict_onnx.py <folder of an export as onnx> < rows.json – prints the outputs of each row
import json, sys, numpy as np, onnxruntime

folder = sys.argv[1]
told = json.load(open(f"{folder}/preprocessing.json"))
rows = np.array(json.load(sys.stdin))  # flat rows of numbers
if told["inputs"]:
    rows = (rows - told["inputs"]["mean"]) / told["inputs"]["deviation"]
model = onnxruntime.InferenceSession(f"{folder}/model.onnx")
name = model.get_inputs()[0].name
[outputs] = model.run(None, {name: rows.reshape(-1, *told["inputShape"]).astype("float32")})
if told["targets"]:
    outputs = outputs * told["targets"]["deviation"] + told["targets"]["mean"]
print(json.dumps(outputs.tolist()))
