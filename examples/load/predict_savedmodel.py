# python predict_savedmodel.py <folder of an export as savedmodel> < rows.json – prints the outputs of each row
import json, sys, numpy as np, tensorflow as tf

folder = sys.argv[1]
told = json.load(open(f"{folder}/preprocessing.json"))
rows = np.array(json.load(sys.stdin))  # flat rows of numbers
if told["inputs"]:
    rows = (rows - told["inputs"]["mean"]) / told["inputs"]["deviation"]
model = tf.saved_model.load(folder)
outputs = model.serve(tf.constant(rows.reshape(-1, *told["inputShape"]), tf.float32)).numpy()
if told["targets"]:
    outputs = outputs * told["targets"]["deviation"] + told["targets"]["mean"]
print(json.dumps(outputs.tolist()))
