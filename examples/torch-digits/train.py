"""Trains model.py in a loop of its own: python train.py"""

import torch
from data import load_data
from model import Net
from torch.utils.data import DataLoader, TensorDataset, random_split

x, y = load_data()
rows = TensorDataset(torch.from_numpy(x), torch.from_numpy(y).long())
train, validation = random_split(rows, [0.8, 0.2], generator=torch.Generator().manual_seed(0))
model = Net()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
criterion = torch.nn.CrossEntropyLoss()

for epoch in range(20):
    model.train()
    total = 0.0
    for inputs, targets in DataLoader(train, batch_size=32, shuffle=True):
        optimizer.zero_grad()
        loss = criterion(model(inputs), targets)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(inputs)
    model.eval()
    with torch.no_grad():
        inputs, targets = next(iter(DataLoader(validation, batch_size=len(validation))))
        outputs = model(inputs)
        val_loss = criterion(outputs, targets).item()
        accuracy = (outputs.argmax(1) == targets).float().mean().item()
    print(
        f"epoch {epoch + 1}/20 loss {total / len(train):.4f} "
        f"val_loss {val_loss:.4f} val_accuracy {accuracy:.4f}"
    )
