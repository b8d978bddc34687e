"""Networks of a configuration from PyTorch's own layers, channels first."""

import torch
from torch import nn
from torch.nn.utils.parametrizations import spectral_norm


def build(configuration, role):
    """The generator or the discriminator as an `nn.Module`."""
    spectral = configuration.normalization == "spectral_norm" and role == "discriminator"
    builder = Builder(spectral_norm if spectral else lambda layer: layer)
    if role == "generator":
        builder.shape = (configuration.latent_dim,)
    else:
        height, width, channels = configuration.image_shape
        builder.shape = (channels, height, width)
    modules = []
    for kind, *arguments in getattr(configuration, role):
        modules.append(getattr(builder, kind)(*arguments))
    return nn.Sequential(*modules)


class Builder:
    """Makes layers and keeps the shape (channels, height, width) of what comes out of them."""

    def __init__(self, normalized):
        self.normalized = normalized
        self.shape = None

    def dense(self, units, bias):
        layer = nn.Linear(self.shape[0], units, bias=bias)
        self.shape = (units,)
        return self.normalized(layer)

    def reshape(self, height, width, channels):
        self.shape = (channels, height, width)
        return nn.Unflatten(1, self.shape)

    def flatten(self):
        self.shape = (self.shape[0] * self.shape[1] * self.shape[2],)
        return nn.Flatten()

    def conv(self, filters, kernel_size, strides, bias):
        channels, height, width = self.shape
        # As "same" padding: (kernel - stride) / 2, rounded up, on each side; 7 halves to 4.
        padding = (kernel_size - strides + 1) // 2 + (strides == 2 and height % 2)
        layer = nn.Conv2d(channels, filters, kernel_size, strides, padding, bias=bias)
        self.shape = (filters, -(-height // strides), -(-width // strides))
        return self.normalized(layer)

    def transposed(self, filters, kernel_size, strides, bias):
        channels, height, width = self.shape
        padding = (kernel_size - strides + 1) // 2
        extra = (kernel_size - strides) % 2 if strides == 2 else 0
        self.shape = (filters, height * strides, width * strides)
        return nn.ConvTranspose2d(
            channels,
            filters,
            kernel_size,
            strides,
            padding,
            extra if strides == 2 else 0,
            bias=bias,
        )

    def batch_norm(self):
        return (nn.BatchNorm1d if len(self.shape) == 1 else nn.BatchNorm2d)(self.shape[0])

    def relu(self):
        return nn.ReLU()

    def leaky_relu(self, slope):
        return nn.LeakyReLU(slope)

    def dropout(self, rate):
        return nn.Dropout(rate)

    def tanh(self):
        return nn.Tanh()

    def sum_pixels(self):
        self.shape = self.shape[:1]
        return SumPixels()

    def up_block(self, filters):
        channels, height, width = self.shape
        parts = [self.batch_norm(), nn.ReLU(), nn.Upsample(scale_factor=2)]
        self.shape = (channels, 2 * height, 2 * width)
        shortcut = [nn.Upsample(scale_factor=2), self.normalized(nn.Conv2d(channels, filters, 1))]
        parts += [self.conv(filters, 3, 1, True), self.batch_norm(), nn.ReLU()]
        parts.append(self.conv(filters, 3, 1, True))
        return Sum(nn.Sequential(*parts), nn.Sequential(*shortcut))

    def down_block(self, filters, downsample, activate_first):
        channels, height, width = self.shape
        parts = [nn.ReLU()] if activate_first else []
        parts += [self.conv(filters, 3, 1, True), nn.ReLU(), self.conv(filters, 3, 1, True)]
        shortcut = []
        if channels != filters or downsample:
            shortcut.append(self.normalized(nn.Conv2d(channels, filters, 1)))
        if downsample:
            parts.append(nn.AvgPool2d(2))
            shortcut.append(nn.AvgPool2d(2))
            self.shape = (filters, height // 2, width // 2)
        return Sum(nn.Sequential(*parts), nn.Sequential(*shortcut))


class Sum(nn.Module):
    """Two paths that are added."""

    def __init__(self, one, other):
        super().__init__()
        self.one, self.other = one, other

    def forward(self, x):
        return self.one(x) + self.other(x)


class SumPixels(nn.Module):
    """(batch, channels, height, width) to (batch, channels)."""

    def forward(self, x):
        return torch.sum(x, dim=(2, 3))
