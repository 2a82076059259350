"""Names sampled with PyTorch in a batch, timed on request.

    python3 sampling.py FOLDER THREADS

FOLDER has the parameters of the lectures' MLP in mlp/ and of makemore.py's Transformer in transformer/, each NAME.f32, dense and little-endian.
Each line on stdin is a request, answered by one line on stdout:

    about                    what runs
    sample MODEL BATCH       seconds, names and characters of one batch of names, ends included
"""
import math
import sys
from pathlib import Path
from time import perf_counter

import torch
import torch.nn.functional as F

import peer_requests

VOCABULARY, BLOCK, EMBED, HIDDEN = 27, 3, 10, 200
TIME, LAYERS, WIDTH, HEADS = 16, 4, 64, 4
LONGEST = 1000

folder = Path(sys.argv[1])
torch.set_num_threads(int(sys.argv[2]))
torch.manual_seed(1)


def read(name, *shape):
    return torch.frombuffer(bytearray((folder / f"{name}.f32").read_bytes()), dtype=torch.float32).view(*shape)


class Mlp:
    def __init__(self):
        self.C = read("mlp/C", VOCABULARY, EMBED)
        self.W1 = read("mlp/W1", BLOCK * EMBED, HIDDEN)
        self.b1 = read("mlp/b1", HIDDEN)
        self.W2 = read("mlp/W2", VOCABULARY, HIDDEN).T.contiguous()
        self.b2 = read("mlp/b2", VOCABULARY)

    def start(self, batch):
        return torch.zeros(batch, BLOCK, dtype=torch.int64)

    def logits(self, x):
        emb = torch.embedding(self.C, x[:, -BLOCK:])
        return torch.addmm(self.b2, torch.addmm(self.b1, emb.view(len(x), -1), self.W1).tanh_(), self.W2)


class Transformer:
    def __init__(self):
        of = lambda name, *shape: read(f"transformer/{name}", *shape)
        self.wte, self.wpe = of("transformer.wte.weight", VOCABULARY, WIDTH), of("transformer.wpe.weight", TIME, WIDTH)
        self.blocks = []
        for i in range(LAYERS):
            layer = lambda name, *shape: (of(f"transformer.h.{i}.{name}.weight", *shape), of(f"transformer.h.{i}.{name}.bias", shape[0]))
            self.blocks.append((
                layer("ln_1", WIDTH), layer("attn.c_attn", 3 * WIDTH, WIDTH), layer("attn.c_proj", WIDTH, WIDTH),
                layer("ln_2", WIDTH), layer("mlp.c_fc", 4 * WIDTH, WIDTH), layer("mlp.c_proj", WIDTH, 4 * WIDTH)))
        self.ln_f = (of("transformer.ln_f.weight", WIDTH), of("transformer.ln_f.bias", WIDTH))
        self.lm_head = of("lm_head.weight", VOCABULARY, WIDTH)
        self.future = torch.ones(TIME, TIME).triu(1).bool()

    def start(self, batch):
        return torch.zeros(batch, 1, dtype=torch.int64)

    def logits(self, x):
        x = x[:, -TIME:]
        batch, time = x.shape
        heads = lambda y: y.view(batch, time, HEADS, WIDTH // HEADS).transpose(1, 2)
        x = torch.embedding(self.wte, x) + self.wpe[:time]
        for ln_1, c_attn, c_proj, ln_2, c_fc, mlp_proj in self.blocks:
            q, k, v = map(heads, F.linear(F.layer_norm(x, (WIDTH,), *ln_1), *c_attn).split(WIDTH, dim=2))
            scores = (q @ k.transpose(-2, -1)) * (1 / math.sqrt(WIDTH // HEADS))
            found = F.softmax(scores.masked_fill(self.future[:time, :time], -math.inf), dim=-1) @ v
            x = x + F.linear(found.transpose(1, 2).reshape(batch, time, WIDTH), *c_proj)
            x = x + F.linear(F.gelu(F.linear(F.layer_norm(x, (WIDTH,), *ln_2), *c_fc), approximate="tanh"), *mlp_proj)
        return F.linear(F.layer_norm(x[:, -1], (WIDTH,), *self.ln_f), self.lm_head)


models = {"mlp": Mlp(), "transformer": Transformer()}


@torch.inference_mode()
def sample(model, batch):
    """makemore.py's generate, but that lines that have ended are not computed any further."""
    model, batch = models[model], int(batch)
    began = perf_counter()
    x, characters = model.start(batch), 0
    for _ in range(LONGEST):
        following = torch.multinomial(F.softmax(model.logits(x), dim=-1), num_samples=1)
        characters += len(x)
        goes_on = following[:, 0] != 0
        x = torch.cat((x, following), dim=1)[goes_on]
        if len(x) == 0:
            break
    return f"{perf_counter() - began} {batch} {characters}"


peer_requests.serve(sample=sample)
