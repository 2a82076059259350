"""The models of a window of characters: logits, loss, gradients, and what some steps of gradient descent leave behind."""
import sys

import tensors
from tensors import torch

F = torch.nn.functional


class Net:
    """Tensors by name, and whether statistics are the batch's."""

    def __init__(self, given, training):
        self.given, self.training, self.running = given, training, {}

    def __getitem__(self, name):
        return self.given[name]

    def norm(self, x, names, momentum, eps, deviation=False):
        """The lectures' batch norm."""
        weight, bias, mean, spread = names
        if not self.training:
            root = self[spread] if deviation else torch.sqrt(self[spread] + eps)
            return self[weight] * (x - self[mean]) / root + self[bias]
        over = tuple(range(x.ndim - 1))
        m, v = x.mean(over), x.var(over)
        with torch.no_grad():
            self.running[mean] = (1 - momentum) * self[mean] + momentum * m
            self.running[spread] = (1 - momentum) * self[spread] + momentum * (v.sqrt() if deviation else v)
        return self[weight] * (x - m) / torch.sqrt(v + eps) + self[bias]

    def named_norm(self, x, name):
        return self.norm(x, [f"{name}.{part}" for part in ("weight", "bias", "running_mean", "running_var")], 0.1, 1e-5)

    def linear(self, x, name):
        weight = self[f"{name}.weight"]
        y = x @ weight.reshape(-1, weight.shape[-1])
        return y + self[f"{name}.bias"] if f"{name}.bias" in self.given else y

    def causal(self, x, name, dilation):
        """A dilated convolution of every position, with nothing before the first."""
        weight = self[f"{name}.weight"].permute(2, 1, 0)
        return F.conv1d(F.pad(x, (dilation, 0)), weight, self[f"{name}.bias"], dilation=dilation)


def bigram(net, x):
    return net["logits"][x[:, -1]]


def bigram_net(net, x):
    return F.one_hot(x[:, -1], len(net["W"])).float() @ net["W"]


def mlp_bn(net, x):
    emb = net["C"][x].flatten(1)
    h = torch.tanh(net.norm(emb @ net["W1"].flatten(0, 1), ["bngain", "bnbias", "bnmean_running", "bnstd_running"], 0.001, 0, deviation=True))
    return h @ net["W2"].T + net["b2"]


def mlp_deep(net, x):
    h = net["C"][x].flatten(1)
    for i in range(1, 7):
        h = net.linear(h, f"linear{i}")
        if f"norm{i}.weight" in net.given:
            h = net.named_norm(h, f"norm{i}")
        if i < 6:
            h = torch.tanh(h)
    return h


def wavenet(net, x):
    h, i = net["embedding.weight"][x], 0
    while h.ndim == 3:
        i += 1
        h = h.view(h.shape[0], h.shape[1] // 2, h.shape[2] * 2)
        if h.shape[1] == 1:
            h = h.squeeze(1)
        h = torch.tanh(net.named_norm(net.linear(h, f"linear{i}"), f"norm{i}"))
    return net.linear(h, "output")


def wavenet_dilated(net, x):
    h, skips, i = net["embedding.weight"][x].transpose(1, 2), 0, 0
    while 2**i < x.shape[1]:
        layer = f"layers.{i}"
        z = torch.tanh(net.causal(h, f"{layer}.filter", 2**i)) * torch.sigmoid(net.causal(h, f"{layer}.gate", 2**i))
        skips = skips + net.linear(z.transpose(1, 2), f"{layer}.skip")
        if f"{layer}.residual.weight" in net.given:
            h = h + net.linear(z.transpose(1, 2), f"{layer}.residual").transpose(1, 2)
        i += 1
    return net.linear(torch.relu(net.linear(torch.relu(skips), "mix")), "output")[:, -1]


MODELS = [bigram, bigram_net, mlp_bn, mlp_deep, wavenet, wavenet_dilated]

given = tensors.read(sys.argv[1])
contexts, targets, batches, model = (given.pop(name) for name in ("contexts", "targets", "batches", "model"))
model, names = MODELS[model.item()], [name for name in given if "running" not in name]
parameters = [given[name].requires_grad_() for name in names]


def loss_of(net, rows):
    loss = F.cross_entropy(model(net, contexts[rows]), targets[rows])
    return loss + 0.01 * (net["W"] ** 2).mean() if model is bigram_net else loss


answer = {"predicted": model(Net(given, False), contexts[batches[0]])}
for step, rows in enumerate(batches):
    net = Net(given, True)
    loss = loss_of(net, rows)
    gradients = torch.autograd.grad(loss, parameters)
    if step == 0:
        answer.update({"loss": loss, **{f"{name}.grad": gradient for name, gradient in zip(names, gradients)}})
    given.update(net.running)
    with torch.no_grad():
        for parameter, gradient in zip(parameters, gradients):
            parameter -= 0.1 * gradient
tensors.write(sys.argv[2], {**answer, **given})
