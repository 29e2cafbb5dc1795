"""What a module's weights are held to while it trains."""


class Holding:
    """Holds a module's weights to something after every step."""

    def __init__(self, torch, prepared):
        self.torch = torch
        self.hold = prepared.hold
        self.weights = [each for each in prepared.model.parameters() if each.requires_grad]
        self.beside = None

    def begin(self, epoch):
        if self.hold is None:
            return
        values = [each.detach().cpu().numpy().copy() for each in self.weights]
        finer = None if self.beside is None else [each.cpu().numpy() for each in self.beside]
        held, beside = self.hold.begin(epoch, values, finer)
        device = self.weights[0].device
        self.beside = [self.torch.as_tensor(each, device=device) for each in beside]
        self._put([self.torch.as_tensor(each, device=device) for each in held])

    def step_ended(self):
        if self.hold is None:
            return
        held, self.beside = self.hold.step([each.detach() for each in self.weights], self.beside)
        self._put(held)

    def _put(self, values):
        with self.torch.no_grad():
            for each, value in zip(self.weights, values):
                each.copy_(value)
