"""Weights that the snippets of docs/weights.md load into a model, its logits, and the file that they save again."""
import json
import re
import sys

import lines
import tensors
import torch

given = tensors.read(sys.argv[1])
kind, page, run, saved = sys.argv[3:]
for snippet in re.findall(r"```python\n(.*?)```", open(page).read(), re.DOTALL):
    exec(snippet)
torch.manual_seed(1)
model = lines.build(kind, *given["sizes"].tolist())
load(model, run)
logits = model(given["x"])
for parameter in dict(model.named_parameters()).values():
    parameter.data.add_(0)
save(model, saved)
tensors.write(sys.argv[2], {"logits": logits})
