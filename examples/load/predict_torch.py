# python predict_torch.py <folder of an export as torch> < rows.json – prints the outputs of each row
import json, sys, numpy as np, torch

folder = sys.argv[1]
told = json.load(open(f"{folder}/preprocessing.json"))
rows = np.array(json.load(sys.stdin))  # flat rows of numbers
if told["inputs"]:
    rows = (rows - told["inputs"]["mean"]) / told["inputs"]["deviation"]
model = torch.export.load(f"{folder}/model.pt2").module()
inputs = torch.tensor(rows.reshape(-1, *told["inputShape"]), dtype=torch.float32)
outputs = model(inputs).detach().numpy()
if told["targets"]:
    outputs = outputs * told["targets"]["deviation"] + told["targets"]["mean"]
print(json.dumps(outputs.tolist()))
