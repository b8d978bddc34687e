"""Layers that Keras lacks. Each file holds one idea.

antialias                 halving and doubling with the blurs and borders of CUT's networks
average_halving           halving by averages, for discriminators of several scales
blocks                    a choice in each block of units, drawn by softmax
batch_norm                batch normalisation, fused on one device, synchronised over several
bilinear_upsample         bilinear enlargement of maps of any size
conditional_batch_norm    batch normalisation with a scale and shift for each label or vector
draw_symbols              a cell that draws a symbol after the other, and is told what it drew
doubling_conv             a doubling and the convolution after it, in one
equalized                 dense and convolution layers with an equalised learning rate
fold_frames               the frames of videos as images, and back
fold_period               every p-th moment of a wave in one column
fourier_unit              a convolution of the image's spectrum
group_moments             mean and deviation of each channel over a group of series
grouped_conv              a convolution in groups, fast and differentiable on every device
instance_norm             each channel of each image at mean 0 and variance 1
label_map                 a class label as image channels, for conditioning by concatenation
learned_maps              learned maps of the smallest size, where an image begins
minibatch_discrimination  learned distances to the other images of the batch
minibatch_stddev          the spread of a group of images as one more channel
modulated_conv            StyleGAN2's convolution
noise                     noise for the details, by a learned strength
one_hot_labels            a map of label ids as one channel per label
phase_shuffle             shifts in time by chance, for discriminators of waves
pixel_norm                every pixel's features at unit length
ranks                     choices that have an order, as the bins of a number have
relational_memory         a cell whose memory attends to itself and to what comes in
reflection_padding        padding by what the border mirrors
pixel_shuffle             channels to pixels and back, and the kernel to start with
place_patches             patches that move over the frames of a clip
resample                  doubling and halving with the [1, 2, 1] blur
residual                  residual blocks that double or halve
residual_dense            residual dense blocks of super-resolution
self_attention            pixels that attend to each other
snap_levels               numbers that keep to a few levels
spade                     a norm with a scale and shift for each pixel, from a label map
spectral_norm             a kernel divided by its spectral norm, gradient included
styles                    mixing and truncation of StyleGAN's w
until_the_end             where a line of text has ended, and nothing behind it
virtual_batch_norm        normalisation by a fixed reference batch
with_changes              series beside their changes from step to step

A layer with a method `before_update()` wants it called once at the start of each update of its
player: models do so for every layer they hold.
"""

from gan_keras.layers.antialias import AntialiasDownsample, AntialiasUpsample
from gan_keras.layers.average_halving import AverageHalving
from gan_keras.layers.batch_norm import BatchNorm
from gan_keras.layers.bilinear_upsample import BilinearUpsample
from gan_keras.layers.blocks import FixBlocks, SoftmaxBlocks
from gan_keras.layers.conditional_batch_norm import ConditionalBatchNorm
from gan_keras.layers.doubling_conv import DoublingConv2D
from gan_keras.layers.draw_symbols import DrawSymbols
from gan_keras.layers.equalized import EqualizedConv2D, EqualizedDense
from gan_keras.layers.fold_frames import FoldFrames, UnfoldFrames
from gan_keras.layers.fold_period import FoldPeriod
from gan_keras.layers.fourier_unit import FourierUnit
from gan_keras.layers.group_moments import GroupMoments
from gan_keras.layers.grouped_conv import GroupedConv2D
from gan_keras.layers.instance_norm import InstanceNorm
from gan_keras.layers.label_map import LabelMap
from gan_keras.layers.learned_maps import LearnedBasis, LearnedConstant
from gan_keras.layers.minibatch_discrimination import MinibatchDiscrimination
from gan_keras.layers.minibatch_stddev import MinibatchStddev
from gan_keras.layers.modulated_conv import ModulatedConv2D
from gan_keras.layers.noise import AddNoise
from gan_keras.layers.one_hot_labels import OneHotLabels
from gan_keras.layers.phase_shuffle import PhaseShuffle
from gan_keras.layers.pixel_norm import PixelNorm
from gan_keras.layers.pixel_shuffle import PixelShuffle, PixelUnshuffle
from gan_keras.layers.place_patches import PlacePatches
from gan_keras.layers.ranks import LogitsAlongRanks, RanksOfBlocks
from gan_keras.layers.reflection_padding import ReflectionPadding
from gan_keras.layers.relational_memory import RelationalMemoryCell
from gan_keras.layers.resample import BlurDownsample, BlurUpsample
from gan_keras.layers.residual import ResidualDown, ResidualUp
from gan_keras.layers.residual_dense import ResidualDense, ResidualInResidualDense
from gan_keras.layers.self_attention import SelfAttention
from gan_keras.layers.snap_levels import SnapLevels
from gan_keras.layers.spade import Spade
from gan_keras.layers.spectral_norm import SpectralNorm
from gan_keras.layers.styles import MixStyles, OtherLatents, TruncateStyles
from gan_keras.layers.until_the_end import UntilTheEnd
from gan_keras.layers.virtual_batch_norm import DropReference, PrependReference, VirtualBatchNorm
from gan_keras.layers.with_changes import WithChanges

__all__ = [
    "AddNoise",
    "AntialiasDownsample",
    "AntialiasUpsample",
    "AverageHalving",
    "BatchNorm",
    "BilinearUpsample",
    "BlurDownsample",
    "BlurUpsample",
    "ConditionalBatchNorm",
    "DoublingConv2D",
    "DrawSymbols",
    "DropReference",
    "EqualizedConv2D",
    "EqualizedDense",
    "FixBlocks",
    "FoldFrames",
    "FoldPeriod",
    "FourierUnit",
    "GroupMoments",
    "GroupedConv2D",
    "InstanceNorm",
    "LabelMap",
    "LearnedBasis",
    "LearnedConstant",
    "LogitsAlongRanks",
    "MinibatchDiscrimination",
    "MinibatchStddev",
    "MixStyles",
    "ModulatedConv2D",
    "OneHotLabels",
    "OtherLatents",
    "PhaseShuffle",
    "PixelNorm",
    "PixelShuffle",
    "PixelUnshuffle",
    "PlacePatches",
    "PrependReference",
    "RanksOfBlocks",
    "ReflectionPadding",
    "RelationalMemoryCell",
    "ResidualDense",
    "ResidualDown",
    "ResidualInResidualDense",
    "ResidualUp",
    "SelfAttention",
    "SnapLevels",
    "SoftmaxBlocks",
    "Spade",
    "SpectralNorm",
    "TruncateStyles",
    "UnfoldFrames",
    "UntilTheEnd",
    "VirtualBatchNorm",
    "WithChanges",
]
