"""A PyTorch loop of Mimicry's shape: a generator pass for each player, fresh real images each time.

Real images are indexed out of a tensor in memory, which costs less than a DataLoader.
"""

import copy
import os

# Threads that wait asleep, as TensorFlow's do, not spinning: fewer CPU seconds for the same steps,
# and a block does not stand still while another process holds one of the cores.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import numpy as np
import torch
from torch.nn.functional import relu, softplus

from benchmarks.loops import torch_networks
from benchmarks.loops.blocks import Blocks
from benchmarks.loops.configurations import R1_INTERVAL

DISCRIMINATOR_LOSSES = {
    "non_saturating": lambda real, fake: softplus(-real).mean() + softplus(fake).mean(),
    "hinge": lambda real, fake: relu(1 - real).mean() + relu(1 + fake).mean(),
    "wasserstein": lambda real, fake: fake.mean() - real.mean(),
}
GENERATOR_LOSSES = {
    "non_saturating": lambda fake: softplus(-fake).mean(),
    "hinge": lambda fake: -fake.mean(),
    "wasserstein": lambda fake: -fake.mean(),
}


def slopes(discriminator, images):
    """Squared length of each image's gradient, (batch,)."""
    images = images.detach().requires_grad_(True)
    logits = discriminator(images).sum()
    (gradients,) = torch.autograd.grad(logits, images, create_graph=True)
    return gradients.pow(2).sum(dim=(1, 2, 3))


class Loop:
    """Two networks, two optimizers, one step."""

    def __init__(self, configuration, images):
        self.configuration = configuration
        self.images = images
        self.generator = torch_networks.build(configuration, "generator")
        self.discriminator = torch_networks.build(configuration, "discriminator")
        self.average = copy.deepcopy(self.generator) if configuration.half_life else None
        arguments = {
            "lr": configuration.learning_rate,
            "betas": (configuration.beta_1, configuration.beta_2),
        }
        self.g_optimizer = torch.optim.Adam(self.generator.parameters(), **arguments)
        self.d_optimizer = torch.optim.Adam(self.discriminator.parameters(), **arguments)
        self.steps = 0

    def fakes(self):
        configuration = self.configuration
        return self.generator(torch.randn(configuration.batch_size, configuration.latent_dim))

    def penalty(self, real, fake):
        configuration = self.configuration
        if configuration.gradient_penalty:
            alpha = torch.rand(len(real), 1, 1, 1)
            norms = torch.sqrt(slopes(self.discriminator, real + alpha * (fake - real)) + 1e-12)
            return configuration.gradient_penalty * ((norms - 1.0) ** 2).mean()
        if configuration.r1 and self.steps % R1_INTERVAL == 0:
            weight = 0.5 * configuration.r1 * R1_INTERVAL
            return weight * slopes(self.discriminator, real).mean()
        return 0.0

    def step(self):
        configuration = self.configuration
        for _ in range(configuration.discriminator_steps):
            real = self.images[torch.randint(len(self.images), (configuration.batch_size,))]
            self.d_optimizer.zero_grad()
            fake = self.fakes().detach()
            real_logits, fake_logits = self.discriminator(real), self.discriminator(fake)
            loss = DISCRIMINATOR_LOSSES[configuration.loss](real_logits, fake_logits)
            (loss + self.penalty(real, fake)).backward()
            self.d_optimizer.step()
        self.g_optimizer.zero_grad()
        GENERATOR_LOSSES[configuration.loss](self.discriminator(self.fakes())).backward()
        self.g_optimizer.step()
        if self.average is not None:
            self.follow()
        self.steps += 1

    @torch.no_grad()
    def follow(self):
        decay = 0.5 ** (self.configuration.batch_size / self.configuration.half_life)
        for old, new in zip(self.average.parameters(), self.generator.parameters(), strict=True):
            old.lerp_(new, 1.0 - decay)


def run(configuration, path):
    """Waits for commands, block after block."""
    images = np.load(path).astype("float32").transpose(0, 3, 1, 2) / 127.5 - 1.0
    loop = Loop(configuration, torch.from_numpy(np.ascontiguousarray(images)))
    blocks = Blocks(
        {
            "version": torch.__version__,
            "weights": [
                sum(p.numel() for p in network.parameters())
                for network in (loop.generator, loop.discriminator)
            ],
        }
    )
    while True:
        loop.step()
        blocks.done()
