"""Steps of gradient descent on random batches: the weights and losses that come of it."""
import sys

import mlp
import tensors
import torch

given = tensors.read(sys.argv[1])
parameters = {name: given[name].requires_grad_() for name in mlp.PARAMETERS}
contexts, targets = given["contexts"], given["targets"]

# One generator, as in the lectures: first for the parameters, here given already, then for the batches.
generator = torch.Generator().manual_seed(given["seed"].item())
for p in parameters.values():
    torch.randn(p.shape, generator=generator)
losses = []
for _ in range(given["steps"].item()):
    rows = torch.randint(0, len(targets), (given["batch"].item(),), generator=generator)
    loss = mlp.loss(parameters, contexts[rows], targets[rows])
    for p in parameters.values():
        p.grad = None
    loss.backward()
    for p in parameters.values():
        p.data -= given["lr"] * p.grad
    losses.append(loss.item())
tensors.write(sys.argv[2], {"losses": torch.tensor(losses), **parameters})
