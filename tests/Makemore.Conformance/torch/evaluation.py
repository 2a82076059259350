"""makemore.py's evaluation: a model that has learned a little, and its loss on the words held out, all in one batch."""
import sys

import lines
import tensors
import torch

given = tensors.read(sys.argv[1])
kind, file = sys.argv[3:]
words = open(file).read().split()
stoi = {character: i + 1 for i, character in enumerate(sorted(set("".join(words))))}
block = max(map(len, words)) + 1


def encode(words):
    x, y = torch.zeros(len(words), block, dtype=torch.long), torch.full((len(words), block), -1)
    for row, word in enumerate(words):
        tokens = torch.tensor([stoi[character] for character in word])
        x[row, 1 : 1 + len(word)] = y[row, : len(word)] = tokens
        y[row, len(word)] = 0
    return x, y


# create_datasets: the last 1,000 of a permutation.
torch.manual_seed(given["seed"].item())
order = torch.randperm(len(words)).tolist()
train, test = [words[i] for i in order[:-1000]], [words[i] for i in order[-1000:]]

model = lines.build(kind, len(stoi) + 1, block, *given["sizes"].tolist())
optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)
for step in range(30):
    x, y = encode(train[32 * step : 32 * step + 32])
    optimizer.zero_grad()
    lines.loss(model(x), y).backward()
    optimizer.step()
with torch.no_grad():
    x, y = encode(test)
    loss = lines.loss(model(x), y)
tensors.write(sys.argv[2], {"loss": loss, **dict(model.named_parameters())})
