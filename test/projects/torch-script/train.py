"""Three kinds of points by a small network, with a loop of its own."""

import torch
from torch import nn

torch.manual_seed(0)
kinds = torch.arange(300) % 3
points = torch.eye(3, 4)[kinds] + 0.6 * torch.rand(300, 4) - 0.3


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(4, 8)
        self.out = nn.Linear(8, 3)

    def forward(self, x):
        return self.out(torch.relu(self.hidden(x)))


net = Net()
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(net.parameters(), lr=0.05)
for epoch in range(6):
    for rows in torch.randperm(300).split(30):
        optimizer.zero_grad()
        loss = criterion(net(points[rows]), kinds[rows])
        loss.backward()
        optimizer.step()
    print(f"epoch {epoch + 1}/6 loss {loss.item():.4f}")
