"""Convolutions and a pooling over time: values, and the gradients of a weighted sum of them."""
import sys

import torch.nn.functional as F

import tensors

given = tensors.read(sys.argv[1])
x, kernel = given["x"].requires_grad_(), given["kernel"].requires_grad_()
stride, dilation, before = (int(given[name]) for name in ("stride", "dilation", "before"))
signal = x.transpose(1, 2)  # [batch, channel, time]
if kernel.dim() == 3:  # [tap, channel, filter]
    y = F.conv1d(F.pad(signal, (before, 0)), kernel.permute(2, 1, 0), stride=stride, dilation=dilation)
else:  # as many taps as elements
    y = F.max_pool1d(F.pad(signal, (before, 0), value=float("-inf")), len(kernel), stride=stride, dilation=dilation) + 0 * kernel.sum()
y = y.transpose(1, 2)
(y * given["weights"]).sum().backward()
tensors.write(sys.argv[2], {"y": y, "x": x.grad, "kernel": kernel.grad})
