"""A model's logits and loss on a batch of lines, and its gradient by every parameter."""
import sys

import lines
import tensors

given = tensors.read(sys.argv[1])
model = lines.build(sys.argv[3], *given.pop("sizes").tolist())
x, y = given.pop("x"), given.pop("y")
for name, parameter in model.named_parameters():
    parameter.data.copy_(given.pop(name))
assert not given, f"too many tensors: {', '.join(given)}"
logits = model(x)
loss = lines.loss(logits, y)
loss.backward()
tensors.write(sys.argv[2], {"logits": logits, "loss": loss, **{name: p.grad for name, p in model.named_parameters()}})
