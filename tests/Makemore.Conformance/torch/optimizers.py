"""Steps on random batches with one of PyTorch's optimizers: the weights that come of it."""
import sys

import mlp
import tensors
import torch

given = tensors.read(sys.argv[1])
parameters = {name: given[name].requires_grad_() for name in mlp.PARAMETERS}
contexts, targets, rows = given["contexts"], given["targets"], given["rows"]
kind, lr, momentum, nesterov, beta1, beta2, decay, clip = given["settings"].tolist()
if kind == 0:
    optimizer = torch.optim.SGD(parameters.values(), lr, momentum, weight_decay=decay, nesterov=nesterov != 0)
else:
    optimizer = [torch.optim.Adam, torch.optim.AdamW][int(kind) - 1](parameters.values(), lr, (beta1, beta2), weight_decay=decay)
for batch in rows:
    optimizer.zero_grad()
    mlp.loss(parameters, contexts[batch], targets[batch]).backward()
    if clip > 0:
        torch.nn.utils.clip_grad_norm_(parameters.values(), clip)
    optimizer.step()
tensors.write(sys.argv[2], {name: parameter.detach() for name, parameter in parameters.items()})
