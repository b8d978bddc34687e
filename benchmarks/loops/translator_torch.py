"""Pix2pix as a PyTorch loop: the shape of the authors' code, which translates once a step."""

import os

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as in `peers_torch`

import numpy as np
import torch
from torch import nn

from benchmarks.loops.blocks import Blocks


def halving(channels, filters):
    return nn.Conv2d(channels, filters, 4, 2, 1)


class UNet(nn.Module):
    """`gan_keras.networks.unet.generator` with its defaults: instance norm, resize, tanh."""

    def __init__(self, channels, image_channels, width, num_levels):
        super().__init__()
        widths = [width * min(2**level, 8) for level in range(num_levels)]
        self.down = nn.ModuleList()
        self.up = nn.ModuleList()
        for level, filters in enumerate(widths):
            parts = [nn.LeakyReLU(0.2)] if level else []
            parts.append(halving(widths[level - 1] if level else channels, filters))
            if 0 < level < num_levels - 1:
                parts.append(nn.InstanceNorm2d(filters))
            self.down.append(nn.Sequential(*parts))
            filled = filters if level == num_levels - 1 else 2 * filters
            out = widths[level - 1] if level else image_channels
            parts = [nn.ReLU(), nn.Upsample(scale_factor=2), nn.Conv2d(filled, out, 3, padding=1)]
            parts.append(nn.InstanceNorm2d(out) if level else nn.Tanh())
            self.up.append(nn.Sequential(*parts))

    def forward(self, x):
        skips = []
        for down in self.down:
            x = down(x)
            skips.append(x)
        x = self.up[-1](skips.pop())
        for up in reversed(self.up[:-1]):
            x = up(torch.cat([skips.pop(), x], dim=1))
        return x


def patchgan(channels, width, num_layers):
    """`gan_keras.networks.patchgan.discriminator` of a pair, with instance norm."""
    parts = [halving(channels, width), nn.LeakyReLU(0.2)]
    filters = width
    for index in range(1, num_layers + 1):
        channels, filters = filters, width * min(2**index, 8)
        parts += [
            nn.Conv2d(channels, filters, 4, 2 if index < num_layers else 1, 1),
            nn.InstanceNorm2d(filters),
            nn.LeakyReLU(0.2),
        ]
    return nn.Sequential(*parts, nn.Conv2d(filters, 1, 4, 1, 1))


class Loop:
    """Two networks, two optimizers, one step: least squares and 100 times L1."""

    def __init__(self, given, real, settings):
        self.memory = torch.channels_last if settings["channels_last"] else torch.contiguous_format
        self.given, self.real = (
            torch.from_numpy(array.transpose(0, 3, 1, 2).copy()) for array in (given, real)
        )
        channels, image_channels = given.shape[-1], real.shape[-1]
        width, num_levels = settings["width"], settings["num_levels"]
        self.batch_size = settings["batch_size"]
        self.generator = UNet(channels, image_channels, width, num_levels).to(
            memory_format=self.memory
        )
        self.discriminator = patchgan(channels + image_channels, width, settings["num_layers"]).to(
            memory_format=self.memory
        )
        adam = {"lr": 2e-4, "betas": (0.5, 0.999), "fused": settings["fused"]}
        self.g_optimizer = torch.optim.Adam(self.generator.parameters(), **adam)
        self.d_optimizer = torch.optim.Adam(self.discriminator.parameters(), **adam)

    def judged(self, given, image):
        return self.discriminator(torch.cat([given, image], dim=1))

    def step(self):
        chosen = torch.randint(len(self.real), (self.batch_size,))
        given, real = (
            array[chosen].contiguous(memory_format=self.memory) for array in (self.given, self.real)
        )
        fake = self.generator(given)
        self.d_optimizer.zero_grad()
        loss = ((self.judged(given, real) - 1) ** 2).mean()
        loss = loss + (self.judged(given, fake.detach()) ** 2).mean()
        loss.backward()
        self.d_optimizer.step()
        self.discriminator.requires_grad_(False)
        self.g_optimizer.zero_grad()
        loss = ((self.judged(given, fake) - 1) ** 2).mean() + 100 * (fake - real).abs().mean()
        loss.backward()
        self.g_optimizer.step()
        self.discriminator.requires_grad_(True)


def run(path, settings):
    """Waits for commands, block after block."""
    with np.load(path) as file:
        arrays = [file[name].astype("float32") / 127.5 - 1.0 for name in ("input", "target")]
    loop = Loop(*arrays, settings)
    networks = (loop.generator, loop.discriminator)
    weights = [sum(p.numel() for p in network.parameters()) for network in networks]
    blocks = Blocks({"version": torch.__version__, "weights": weights})
    while True:
        loop.step()
        blocks.done()
