"""Training steps of the lectures' models in PyTorch, twice: as they are written there, and in the fewest and fastest calls found."""
import torch
import torch.nn.functional as F

from training import Training

RATE = 0.1


class Lecture(Training):
    """The step as the lectures write it."""

    def __init__(self, given):
        super().__init__(given)
        self.given = given
        self.parameters = [tensor.requires_grad_() for name, tensor in given.items() if tensor.is_floating_point() and "running" not in name]

    def __getitem__(self, name):
        return self.given[name]

    def step(self):
        rows = self.rows()
        loss = F.cross_entropy(self.logits(self.contexts[rows]), self.targets[rows])
        for p in self.parameters:
            p.grad = None
        loss.backward()
        for p in self.parameters:
            p.data += -RATE * p.grad
        return loss


class Fast(Lecture):
    """The same mathematics in the fewest and fastest calls."""

    def step(self):
        rows = self.rows()
        loss = F.cross_entropy(self.logits(self.contexts.index_select(0, rows)), self.targets.index_select(0, rows))
        gradients = torch.autograd.grad(loss, self.parameters)
        with torch.no_grad():
            torch._foreach_add_(self.parameters, gradients, alpha=-RATE)
        return loss


class Mlp(Lecture):
    """Part 2."""

    def __init__(self, given):
        # W1 comes as (block, embed, out) and W2 as (out, in); the lecture has both as (in, out), which is the faster way too.
        super().__init__(given | {"W1": given["W1"].flatten(0, 1), "W2": given["W2"].T.contiguous()})

    def logits(self, x):
        emb = self["C"][x]
        h = torch.tanh(emb.view(emb.shape[0], -1) @ self["W1"] + self["b1"])
        return h @ self["W2"] + self["b2"]


class FastMlp(Mlp, Fast):
    def logits(self, x):
        emb = torch.embedding(self["C"], x)
        h = torch.addmm(self["b1"], emb.view(emb.shape[0], -1), self["W1"]).tanh_()
        return torch.addmm(self["b2"], h, self["W2"])


class MlpBatchNorm(Mlp):
    """Part 3."""

    def logits(self, x):
        emb = self["C"][x]
        hpreact = emb.view(emb.shape[0], -1) @ self["W1"]
        mean, std = hpreact.mean(0, keepdim=True), hpreact.std(0, keepdim=True)
        hpreact = self["bngain"] * (hpreact - mean) / std + self["bnbias"]
        with torch.no_grad():
            self.given["bnmean_running"] = 0.999 * self["bnmean_running"] + 0.001 * mean
            self.given["bnstd_running"] = 0.999 * self["bnstd_running"] + 0.001 * std
        return torch.tanh(hpreact) @ self["W2"] + self["b2"]


def biased(rows):
    """What makes torch's batch norm, which divides by the biased deviation, the lectures', which divides by the unbiased one."""
    return (1 - 1 / rows) ** 0.5


class FastMlpBatchNorm(Mlp, Fast):
    def logits(self, x):
        emb = torch.embedding(self["C"], x)
        hpreact, share = emb.view(emb.shape[0], -1) @ self["W1"], biased(emb.shape[0])
        h, mean, inverse = torch.native_batch_norm(hpreact, self["bngain"] * share, self["bnbias"], None, None, True, 0.0, 0.0)
        with torch.no_grad():
            self["bnmean_running"].lerp_(mean, 0.001)
            self["bnstd_running"].lerp_(inverse.mul(share).reciprocal_(), 0.001)
        return torch.addmm(self["b2"], h.tanh_(), self["W2"])


class WaveNet(Lecture):
    """Part 5."""

    def __init__(self, given):
        super().__init__({name: tensor.flatten(0, -2) if name.startswith("linear") else tensor for name, tensor in given.items()})
        self.levels = sum(name.startswith("linear") for name in given)

    def norm(self, x, name):
        over = tuple(range(x.ndim - 1))
        mean, var = x.mean(over, keepdim=True), x.var(over, keepdim=True)
        out = self[f"{name}.weight"] * ((x - mean) / torch.sqrt(var + 1e-5)) + self[f"{name}.bias"]
        with torch.no_grad():
            for running, now in (("running_mean", mean), ("running_var", var)):
                self.given[f"{name}.{running}"] = 0.9 * self[f"{name}.{running}"] + 0.1 * now
        return out

    def logits(self, x):
        h = self["embedding.weight"][x]
        for i in range(1, self.levels + 1):
            rows, positions, channels = h.shape
            h = h.view(rows, positions // 2, channels * 2)
            if h.shape[1] == 1:
                h = h.squeeze(1)
            h = torch.tanh(self.norm(h @ self[f"linear{i}.weight"], f"norm{i}"))
        return h @ self["output.weight"] + self["output.bias"]


class FastWaveNet(WaveNet, Fast):
    def norm(self, x, name):
        share = biased(len(x))
        running = self[f"{name}.running_mean"], self[f"{name}.running_var"]
        return F.batch_norm(x, *running, self[f"{name}.weight"] * share, self[f"{name}.bias"], True, 0.1, 1e-5 * share**2)

    def logits(self, x):
        h = torch.embedding(self["embedding.weight"], x).flatten(0, 1)
        for i in range(1, self.levels + 1):
            weight = self[f"linear{i}.weight"]
            h = self.norm(h.view(-1, len(weight)) @ weight, f"norm{i}").tanh_()
        return torch.addmm(self["output.bias"], h, self["output.weight"])


MODELS = {
    "mlp": {"lecture": Mlp, "fast": FastMlp},
    "mlp-bn": {"lecture": MlpBatchNorm, "fast": FastMlpBatchNorm},
    "wavenet": {"lecture": WaveNet, "fast": FastWaveNet},
}
