"""A PyTorch loop of Mimicry's shape: a generator pass for each player, fresh real images each time.

And the same with all that makes it fast on a CPU: one generator pass for both players, channels
last, a fused Adam, a discriminator that is not differentiated where only the generator moves, and
bfloat16 by autocast. Real images are indexed out of a tensor in memory, which costs less than a
DataLoader.
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


def slopes(logits_of, images):
    """Squared length of each image's gradient, (batch,)."""
    images = images.detach().requires_grad_(True)
    logits = logits_of(images).sum()
    (gradients,) = torch.autograd.grad(logits, images, create_graph=True)
    return gradients.pow(2).sum(dim=(1, 2, 3))


class Loop:
    """Two networks, two optimizers, one step."""

    def __init__(self, configuration, images, *, fast=False, bfloat16=False):
        self.configuration = configuration
        self.fast = fast
        self.memory = torch.channels_last if fast else torch.contiguous_format
        self.images = images.contiguous(memory_format=self.memory)
        self.precision = torch.autocast("cpu", torch.bfloat16, enabled=bfloat16)
        self.generator = torch_networks.build(configuration, "generator")
        self.discriminator = torch_networks.build(configuration, "discriminator")
        self.generator.to(memory_format=self.memory)
        self.discriminator.to(memory_format=self.memory)
        self.average = copy.deepcopy(self.generator) if configuration.half_life else None
        arguments = {
            "lr": configuration.learning_rate,
            "betas": (configuration.beta_1, configuration.beta_2),
            "fused": fast,
        }
        self.g_optimizer = torch.optim.Adam(self.generator.parameters(), **arguments)
        self.d_optimizer = torch.optim.Adam(self.discriminator.parameters(), **arguments)
        self.steps = 0

    def fakes(self):
        configuration = self.configuration
        latents = torch.randn(configuration.batch_size, configuration.latent_dim)
        with self.precision:
            return self.generator(latents).float()

    def logits_of(self, images):
        with self.precision:
            return self.discriminator(images).float()

    def penalty(self, real, fake):
        configuration = self.configuration
        if configuration.gradient_penalty:
            alpha = torch.rand(len(real), 1, 1, 1)
            norms = torch.sqrt(slopes(self.logits_of, real + alpha * (fake - real)) + 1e-12)
            return configuration.gradient_penalty * ((norms - 1.0) ** 2).mean()
        if configuration.r1 and self.steps % R1_INTERVAL == 0:
            weight = 0.5 * configuration.r1 * R1_INTERVAL
            return weight * slopes(self.logits_of, real).mean()
        return 0.0

    def step(self):
        configuration = self.configuration
        for turn in range(1, configuration.discriminator_steps + 1):
            real = self.images[torch.randint(len(self.images), (configuration.batch_size,))]
            real = real.contiguous(memory_format=self.memory)
            self.d_optimizer.zero_grad()
            with torch.set_grad_enabled(not self.fast or turn == configuration.discriminator_steps):
                fake = self.fakes()
            constant = fake.detach()
            real_logits, fake_logits = self.logits_of(real), self.logits_of(constant)
            loss = DISCRIMINATOR_LOSSES[configuration.loss](real_logits, fake_logits)
            (loss + self.penalty(real, constant)).backward()
            self.d_optimizer.step()
        if not self.fast:
            fake = self.fakes()
        self.discriminator.requires_grad_(not self.fast)
        self.g_optimizer.zero_grad()
        GENERATOR_LOSSES[configuration.loss](self.logits_of(fake)).backward()
        self.g_optimizer.step()
        self.discriminator.requires_grad_(True)
        if self.average is not None:
            self.follow()
        self.steps += 1

    @torch.no_grad()
    def follow(self):
        decay = 0.5 ** (self.configuration.batch_size / self.configuration.half_life)
        for old, new in zip(self.average.parameters(), self.generator.parameters(), strict=True):
            old.lerp_(new, 1.0 - decay)


def run(configuration, path, **settings):
    """Waits for commands, block after block."""
    images = np.load(path).astype("float32").transpose(0, 3, 1, 2) / 127.5 - 1.0
    loop = Loop(configuration, torch.from_numpy(np.ascontiguousarray(images)), **settings)
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
