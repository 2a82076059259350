"""Training steps of makemore.py's models in PyTorch: its models and its AdamW, and the same optimizer in fewer calls."""
import torch

import lines
from training import Training

RATE, BETAS, EPSILON, DECAY = 5e-4, (0.9, 0.99), 1e-8, 0.01


class Makemore(Training):
    """The step as makemore.py writes it."""

    foreach = False

    def __init__(self, kind, given):
        super().__init__(given)
        self.model = lines.build(kind, *given["sizes"].tolist())
        for name, parameter in self.model.named_parameters():
            parameter.data.copy_(given[name])
        self.optimizer = torch.optim.AdamW(self.model.parameters(), RATE, BETAS, EPSILON, DECAY, foreach=self.foreach)

    def loss(self):
        rows = self.rows()
        return lines.loss(self.model(self.contexts.index_select(0, rows)), self.targets.index_select(0, rows))

    def step(self):
        loss = self.loss()
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        return loss


class Foreach(Makemore):
    """The optimizer takes all parameters at once."""

    foreach = True


class Lean(Makemore):
    """The optimizer's mathematics in the fewest calls, with nothing around them."""

    def __init__(self, kind, given):
        super().__init__(kind, given)
        self.parameters = list(self.model.parameters())
        self.means, self.squares = ([torch.zeros_like(p) for p in self.parameters] for _ in range(2))
        self.steps = 0

    def step(self):
        loss = self.loss()
        gradients = torch.autograd.grad(loss, self.parameters)
        self.steps += 1
        (beta1, beta2), root = BETAS, (1 - BETAS[1] ** self.steps) ** 0.5
        with torch.no_grad():
            torch._foreach_mul_(self.parameters, 1 - RATE * DECAY)
            torch._foreach_mul_(self.means, beta1)
            torch._foreach_add_(self.means, gradients, alpha=1 - beta1)
            torch._foreach_mul_(self.squares, beta2)
            torch._foreach_addcmul_(self.squares, gradients, gradients, 1 - beta2)
            spread = torch._foreach_sqrt(self.squares)
            torch._foreach_add_(spread, EPSILON * root)
            torch._foreach_addcdiv_(self.parameters, self.means, spread, -RATE * root / (1 - beta1**self.steps))
        return loss


FORMULATIONS = {"makemore": Makemore, "foreach": Foreach, "lean": Lean}
