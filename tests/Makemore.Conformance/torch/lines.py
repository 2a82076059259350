"""The models of whole lines, as makemore.py and microgpt.py define them, and torch's own LSTM."""
import math
from functools import cache

from tensors import torch
from torch import nn
from torch.nn import functional as F


def build(kind, vocab, block, embed, hidden, layers, heads):
    return {
        "bigram": lambda: Bigram(vocab),
        "transformer": lambda: Transformer(vocab, block, embed, layers, heads),
        "microgpt": lambda: MicroGpt(vocab, block, embed, layers, heads),
        "bow": lambda: BoW(vocab, block, embed, hidden),
        "mlp-makemore": lambda: Mlp(vocab, block, embed, hidden),
        "rnn": lambda: Rnn(vocab, embed, hidden, RnnCell),
        "gru": lambda: Rnn(vocab, embed, hidden, GruCell),
        "lstm": lambda: Lstm(vocab, embed, hidden, layers),
    }[kind]()


def loss(logits, targets):
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=-1)


@cache
def before(time):
    return torch.tril(torch.ones(time, time))


def causal(scores):
    return F.softmax(scores.masked_fill(before(scores.size(-1)) == 0, float("-inf")), dim=-1)


def split_heads(x, heads):
    return x.unflatten(-1, (heads, x.size(-1) // heads)).transpose(1, 2)


def attend(q, k, v, heads):
    q, k, v = (split_heads(x, heads) for x in (q, k, v))
    return (causal(q @ k.transpose(-2, -1) / math.sqrt(k.size(-1))) @ v).transpose(1, 2).flatten(2)


class Bigram(nn.Module):
    def __init__(self, vocab):
        super().__init__()
        self.logits = nn.Parameter(torch.zeros(vocab, vocab))

    def forward(self, idx):
        return self.logits[idx]


class NewGelu(nn.Module):
    def forward(self, x):
        return 0.5 * x * (1.0 + torch.tanh(math.sqrt(2.0 / math.pi) * (x + 0.044715 * torch.pow(x, 3.0))))


class CausalSelfAttention(nn.Module):
    def __init__(self, embed, heads):
        super().__init__()
        self.c_attn = nn.Linear(embed, 3 * embed)
        self.c_proj = nn.Linear(embed, embed)
        self.heads, self.embed = heads, embed

    def forward(self, x):
        return self.c_proj(attend(*self.c_attn(x).split(self.embed, dim=2), self.heads))


class Block(nn.Module):
    def __init__(self, embed, heads):
        super().__init__()
        self.ln_1 = nn.LayerNorm(embed)
        self.attn = CausalSelfAttention(embed, heads)
        self.ln_2 = nn.LayerNorm(embed)
        self.mlp = nn.ModuleDict(dict(c_fc=nn.Linear(embed, 4 * embed), c_proj=nn.Linear(4 * embed, embed), act=NewGelu()))

    def forward(self, x):
        x = x + self.attn(self.ln_1(x))
        return x + self.mlp.c_proj(self.mlp.act(self.mlp.c_fc(self.ln_2(x))))


class Transformer(nn.Module):
    def __init__(self, vocab, block, embed, layers, heads):
        super().__init__()
        self.transformer = nn.ModuleDict(dict(
            wte=nn.Embedding(vocab, embed),
            wpe=nn.Embedding(block, embed),
            h=nn.ModuleList([Block(embed, heads) for _ in range(layers)]),
            ln_f=nn.LayerNorm(embed),
        ))
        self.lm_head = nn.Linear(embed, vocab, bias=False)

    def forward(self, idx):
        t = self.transformer
        x = t.wte(idx) + t.wpe(torch.arange(idx.size(1)))
        for block in t.h:
            x = block(x)
        return self.lm_head(t.ln_f(x))


class MicroGpt(nn.Module):
    def __init__(self, vocab, block, embed, layers, heads):
        super().__init__()
        self.layers, self.heads = layers, heads
        shapes = {"wte": (vocab, embed), "wpe": (block, embed), "lm_head": (vocab, embed)}
        for i in range(layers):
            shapes.update({f"layer{i}.attn_w{letter}": (embed, embed) for letter in "qkvo"})
            shapes.update({f"layer{i}.mlp_fc1": (4 * embed, embed), f"layer{i}.mlp_fc2": (embed, 4 * embed)})
        self.p = {name: torch.randn(shape).mul(0.08).requires_grad_() for name, shape in shapes.items()}

    def named_parameters(self):
        return self.p.items()

    def forward(self, idx):
        def norm(x):
            return x * (x.pow(2).mean(-1, keepdim=True) + 1e-5) ** -0.5

        p = self.p
        x = norm(p["wte"][idx] + p["wpe"][: idx.size(1)])
        for i in range(self.layers):
            q, k, v, o, fc1, fc2 = (p[f"layer{i}.{name}"] for name in ("attn_wq", "attn_wk", "attn_wv", "attn_wo", "mlp_fc1", "mlp_fc2"))
            n = norm(x)
            x = x + attend(n @ q.T, n @ k.T, n @ v.T, self.heads) @ o.T
            x = x + F.relu(norm(x) @ fc1.T) @ fc2.T
        return x @ p["lm_head"].T


class BoWBlock(nn.Module):
    def __init__(self, embed, hidden):
        super().__init__()
        self.mlp = nn.ModuleDict(dict(c_fc=nn.Linear(embed, hidden), c_proj=nn.Linear(hidden, embed)))

    def forward(self, x):
        x = x + causal(torch.zeros(x.size(0), x.size(1), x.size(1))) @ x
        return x + self.mlp.c_proj(torch.tanh(self.mlp.c_fc(x)))


class BoW(nn.Module):
    def __init__(self, vocab, block, embed, hidden):
        super().__init__()
        self.wte, self.wpe = nn.Embedding(vocab, embed), nn.Embedding(block, embed)
        self.context_block = BoWBlock(embed, hidden)
        self.lm_head = nn.Linear(embed, vocab)

    def forward(self, idx):
        return self.lm_head(self.context_block(self.wte(idx) + self.wpe(torch.arange(idx.size(1)))))


class Mlp(nn.Module):
    def __init__(self, vocab, block, embed, hidden):
        super().__init__()
        self.block, self.vocab = block, vocab
        self.wte = nn.Embedding(vocab + 1, embed)
        self.mlp = nn.Sequential(nn.Linear(block * embed, hidden), nn.Tanh(), nn.Linear(hidden, vocab))

    def forward(self, idx):
        embs = []
        for _ in range(self.block):
            embs.append(self.wte(idx))
            idx = torch.roll(idx, 1, 1)
            idx[:, 0] = self.vocab
        return self.mlp(torch.cat(embs, -1))


class RnnCell(nn.Module):
    def __init__(self, embed, hidden):
        super().__init__()
        self.xh_to_h = nn.Linear(embed + hidden, hidden)

    def forward(self, x, h):
        return torch.tanh(self.xh_to_h(torch.cat([x, h], 1)))


class GruCell(nn.Module):
    def __init__(self, embed, hidden):
        super().__init__()
        self.xh_to_z, self.xh_to_r, self.xh_to_hbar = (nn.Linear(embed + hidden, hidden) for _ in range(3))

    def forward(self, x, h):
        xh = torch.cat([x, h], 1)
        r, z = torch.sigmoid(self.xh_to_r(xh)), torch.sigmoid(self.xh_to_z(xh))
        hbar = torch.tanh(self.xh_to_hbar(torch.cat([x, r * h], 1)))
        return (1 - z) * h + z * hbar


class Rnn(nn.Module):
    def __init__(self, vocab, embed, hidden, cell):
        super().__init__()
        self.start = nn.Parameter(torch.zeros(1, hidden))
        self.wte = nn.Embedding(vocab, embed)
        self.cell = cell(embed, hidden)
        self.lm_head = nn.Linear(hidden, vocab)

    def forward(self, idx):
        emb, h, states = self.wte(idx), self.start.expand(idx.size(0), -1), []
        for t in range(idx.size(1)):
            h = self.cell(emb[:, t], h)
            states.append(h)
        return self.lm_head(torch.stack(states, 1))


class Lstm(nn.Module):
    def __init__(self, vocab, embed, hidden, layers):
        super().__init__()
        self.wte = nn.Embedding(vocab, embed)
        self.lstm = nn.LSTM(embed, hidden, layers, batch_first=True)
        self.lm_head = nn.Linear(hidden, vocab)

    def forward(self, idx):
        return self.lm_head(self.lstm(self.wte(idx))[0])
