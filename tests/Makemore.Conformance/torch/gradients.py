"""The MLP's loss on a batch, and its gradient by every parameter."""
import sys

import mlp
import tensors

given = tensors.read(sys.argv[1])
parameters = {name: given[name].requires_grad_() for name in mlp.PARAMETERS}
loss = mlp.loss(parameters, given["contexts"], given["targets"])
loss.backward()
tensors.write(sys.argv[2], {"loss": loss, **{name: p.grad for name, p in parameters.items()}})
