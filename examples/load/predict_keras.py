# python predict_keras.py <folder of an export as keras> < rows.json – prints the outputs of each row
import json, sys, keras, numpy as np

folder = sys.argv[1]
told = json.load(open(f"{folder}/preprocessing.json"))
rows = np.array(json.load(sys.stdin), dtype="float32")  # flat rows of numbers
if told["inputs"]:
    rows = (rows - told["inputs"]["mean"]) / told["inputs"]["deviation"]
model = keras.models.load_model(f"{folder}/model.keras")
outputs = model.predict(rows.reshape(-1, *told["inputShape"]), verbose=0)
if told["targets"]:
    outputs = outputs * told["targets"]["deviation"] + told["targets"]["mean"]
print(json.dumps(outputs.tolist()))
