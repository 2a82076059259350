"""What the training steps of all models have in common: the batches."""
import torch


class Training:
    """Batches of the examples given."""

    def __init__(self, given):
        self.contexts, self.targets = given["contexts"], given["targets"]
        self.first, self.batch = iter(given["rows"]), given["rows"].shape[1:]

    def rows(self):
        """Those of the first batches are given, and are ours; further ones are drawn alike."""
        rows = next(self.first, None)
        return torch.randint(0, len(self.targets), self.batch) if rows is None else rows
