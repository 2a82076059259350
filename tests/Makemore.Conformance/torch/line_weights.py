"""A new model's parameters, as the modules of torch.nn begin."""
import sys

import lines
import tensors
import torch

given = tensors.read(sys.argv[1])
torch.manual_seed(given["seed"].item())
model = lines.build(sys.argv[3], *given["sizes"].tolist())
tensors.write(sys.argv[2], {name: p for name, p in model.named_parameters()})
