"""The states of torch.nn.GRUCell along a line.

It keeps where makemore.py's renews, so that its update gate is the other's opposite; and it resets what the state adds to the candidate,
where makemore.py's resets the state: the same where each number of the state adds to its own candidate only.
"""
import sys

import tensors
from tensors import torch

given = tensors.read(sys.argv[1])
x, h = given["x"], given["h"]
embed, hidden = x.shape[-1], h.shape[-1]
(wz, bz), (wr, br), (wn, bn) = ((given[f"cell.xh_to_{gate}.weight"], given[f"cell.xh_to_{gate}.bias"]) for gate in ("z", "r", "hbar"))
weights, biases = torch.cat([wr, -wz, wn]), torch.cat([br, -bz, bn])
cell = torch.nn.GRUCell(embed, hidden)
cell.load_state_dict({"weight_ih": weights[:, :embed], "weight_hh": weights[:, embed:], "bias_ih": biases, "bias_hh": torch.zeros(3 * hidden)})
states = []
for t in range(x.shape[1]):
    h = cell(x[:, t], h)
    states.append(h)
tensors.write(sys.argv[2], {"states": torch.stack(states)})
