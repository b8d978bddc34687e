"""What a network's output sees of its input, computed from the layers themselves."""

import dataclasses
import fractions
import itertools
import math

import keras
from keras import layers

from gan_keras.layers import BlurDownsample, BlurUpsample, InstanceNorm, PixelNorm, SpectralNorm
from gan_keras.layers.bilinear_upsample import bilinear_reads

_CONVOLUTIONS = (
    *(layers.Conv1D, layers.Conv2D, layers.DepthwiseConv1D, layers.DepthwiseConv2D),
    *(layers.SeparableConv1D, layers.SeparableConv2D),
)
_TRANSPOSED = (layers.Conv1DTranspose, layers.Conv2DTranspose)
_POOLS = (
    *(layers.AveragePooling1D, layers.AveragePooling2D),
    *(layers.MaxPooling1D, layers.MaxPooling2D),
)
_PADDINGS = (layers.ZeroPadding1D, layers.ZeroPadding2D)
_CROPPINGS = (layers.Cropping1D, layers.Cropping2D)
_UPSAMPLINGS = (layers.UpSampling1D, layers.UpSampling2D)
_BLURS = {BlurDownsample: fractions.Fraction(1, 2), BlurUpsample: fractions.Fraction(2)}
# Each pixel of these is made of one pixel; InstanceNorm, given its statistics.
_POINTWISE = (
    *(layers.InputLayer, layers.Identity, layers.Rescaling, layers.Dense),
    *(layers.Activation, layers.ReLU, layers.LeakyReLU, layers.ELU),
    *(layers.Dropout, layers.SpatialDropout1D, layers.SpatialDropout2D),
    *(layers.Add, layers.Subtract, layers.Multiply, layers.Average),
    *(layers.Maximum, layers.Minimum),
    *(InstanceNorm, PixelNorm),
)
_POINTWISE_ALONG_CHANNELS = (
    *(layers.BatchNormalization, layers.Concatenate),
    *(layers.UnitNormalization, layers.LayerNormalization, layers.Softmax),
)


@dataclasses.dataclass(frozen=True)
class ReceptiveField:
    """What `receptive_field` finds; each entry is a pair, for height and width.

    Attributes:
        size: most input pixels that one output pixel sees.
        halo: `(before, after)`: the input pixels beyond a tile that its output sees, if the tile
            begins and ends at multiples of the stride.
        stride: input pixels by which the input must move for the output to move alike.
        scale: output pixels for each input pixel, a fraction.
    """

    size: tuple
    halo: tuple
    stride: tuple
    scale: tuple


@dataclasses.dataclass(frozen=True)
class Step:
    """One call of one layer: what it is called with, and the keys of what it takes and gives."""

    layer: object
    node: object
    inputs: tuple
    outputs: tuple


@dataclasses.dataclass(frozen=True)
class Graph:
    """A network of one input and one output, as steps in an order in which they can run."""

    steps: tuple
    input: int
    output: int

    def scales(self, axis):
        """For the key of each tensor, its pixels for each input pixel along an axis."""
        scales = {self.input: fractions.Fraction(1)}
        for step in self.steps:
            given = {scales[key] for key in step.inputs}
            if len(given) > 1:
                raise ValueError(
                    f"`network` must join maps of one size. Received: '{step.layer.name}', which "
                    f"joins maps of {' and '.join(str(scale) for scale in sorted(given))} times "
                    f"the input's."
                )
            scale = given.pop() * _scale(step.layer, axis)
            scales.update(dict.fromkeys(step.outputs, scale))
        return scales

    def stride(self, axis):
        """Input pixels by which the input must move for every tensor to move by whole pixels."""
        return math.lcm(*(scale.denominator for scale in self.scales(axis).values()))

    def demands(self, key, start, stop, axis, sizes=None):
        """Which pixels of every tensor, along an axis, make pixels `start` to `stop` of one.

        Args:
            key: of that one tensor.
            start, stop: its first pixel, and the first one after them.
            axis: 0 for height, 1 for width.
            sizes: the size of each tensor along the axis, by key; None (the default) for maps
                without borders.

        Returns:
            A dict from key to `(start, stop)`; tensors that are not needed are not in it.
        """
        found = {key: (start, stop)}
        for step in reversed(self.steps):
            wanted = [found[out] for out in step.outputs if out in found]
            if not wanted:
                continue
            first, last = min(w[0] for w in wanted), max(w[1] for w in wanted)
            for given in step.inputs:
                size = None if sizes is None else sizes[given]
                begin, end = _reads(step.layer, first, last, size, axis)
                if given in found:
                    begin, end = min(begin, found[given][0]), max(end, found[given][1])
                if size is not None:  # what lies beyond the border is padding's business
                    begin, end = min(max(begin, 0), size - 1), max(min(end, size), 1)
                found[given] = (begin, end)
        return found


def graph(network):
    """The steps of a functional network, those of networks within it included.

    Raises:
        ValueError: it has several inputs or outputs, or a layer of which it isn't known what it
            sees.
    """
    if len(network.inputs) != 1 or len(network.outputs) != 1:
        raise ValueError(
            f"`network` must have one input and one output. Received: {network.name} with "
            f"{len(network.inputs)} and {len(network.outputs)}."
        )
    keys = itertools.count(1)
    steps, outputs = _steps(network, [0], keys)
    for step in steps:
        if getattr(step.layer, "sees_whole_image", False):
            raise ValueError(
                f"Each pixel sees the whole image through '{step.layer.name}' "
                f"({type(step.layer).__name__}). Run {network.name} on whole images, without tiles."
            )
    for step in steps:
        _check(step)
    return Graph(tuple(steps), 0, outputs[0])


def receptive_field(network):
    """How much of its input a pixel of a network's output sees.

    Walks from the output back to the input, and asks each layer which pixels it reads. Instance
    norm counts as a layer that sees one pixel: its statistics see the whole image.

    A layer of your own is asked by `layer.reads(start, stop, size, axis)`: the pixels `(start,
    stop)` of its input that make pixels `start` to `stop` of its output, along axis 0 or 1; `size`
    is the input's, or None. Its attribute `scale_of_maps` is the output's size by the input's, a
    fraction (1 if there is none).

    Args:
        network: a functional `keras.Model` of one input and one output, both maps of pixels.

    Returns:
        A `ReceptiveField`. That of a PatchGAN with 3 layers has `size` (70, 70).

    Raises:
        ValueError: a layer is unknown, and named; or sees the whole image.
    """
    found = graph(network)
    sizes, halos, strides, scales = [], [], [], []
    for axis in range(len(network.inputs[0].shape) - 2):
        stride, scale = found.stride(axis), found.scales(axis)[found.output]
        pixels = int(stride * scale)  # of the output, for one stride of the input
        spans = [
            found.demands(found.output, pixel, pixel + 1, axis)[found.input]
            for pixel in range(pixels)
        ]
        sizes.append(max(stop - start for start, stop in spans))
        before = -min(start for start, _ in spans)
        after = max(stop for _, stop in spans) - stride
        halos.append((max(before, 0), max(after, 0)))
        strides.append(stride)
        scales.append(scale)
    return ReceptiveField(tuple(sizes), tuple(halos), tuple(strides), tuple(scales))


def _steps(network, given, keys):
    network = getattr(network, "_functional", None) or network  # of a Sequential
    if not hasattr(network, "_nodes_by_depth"):
        raise ValueError(
            f"`network` must be a functional or sequential model. Received: {network.name} "
            f"({type(network).__name__})."
        )
    known = dict(zip(map(id, network.inputs), given, strict=True))
    steps = []
    for depth in sorted(network._nodes_by_depth, reverse=True):
        for node in network._nodes_by_depth[depth]:
            if node.is_input:
                continue
            inputs = tuple(known[id(tensor)] for tensor in node.input_tensors)
            if isinstance(node.operation, keras.Model):
                inner, outputs = _steps(node.operation, inputs, keys)
                steps += inner
            else:
                outputs = tuple(next(keys) for _ in node.outputs)
                steps.append(Step(node.operation, node, inputs, outputs))
            known.update(zip(map(id, node.outputs), outputs, strict=True))
    return steps, [known[id(tensor)] for tensor in network.outputs]


def _check(step):
    layer = _inner(step.layer)
    known = (*_CONVOLUTIONS, *_POOLS, *_TRANSPOSED, *_PADDINGS, *_CROPPINGS, *_UPSAMPLINGS, *_BLURS)
    fits = isinstance(layer, (*known, *_POINTWISE)) or hasattr(layer, "reads")
    if isinstance(layer, _POINTWISE_ALONG_CHANNELS):
        axis = layer.axis[0] if isinstance(layer.axis, (list, tuple)) else layer.axis
        fits = axis == -1 or axis == len(step.node.outputs[0].shape) - 1
    if isinstance(layer, layers.Conv2DTranspose | layers.Conv1DTranspose):
        plain = all(rate == 1 for rate in layer.dilation_rate)
        fits = plain and layer.output_padding in (None, (None,), (None, None))
    if isinstance(layer, layers.UpSampling2D):
        fits = layer.interpolation in ("nearest", "bilinear")
    if not fits:
        raise ValueError(
            f"What a pixel sees through '{layer.name}' ({type(layer).__name__}) is unknown, or the "
            f"whole image. Leave the layer out, or give it a method `reads`; see receptive_field."
        )


def _inner(layer):
    return layer.layer if isinstance(layer, SpectralNorm) else layer


def _per_axis(value, axis):
    return value[axis] if isinstance(value, (tuple, list)) else value


def _scale(layer, axis):
    layer = _inner(layer)
    if hasattr(layer, "scale_of_maps"):
        return layer.scale_of_maps
    if isinstance(layer, (*_CONVOLUTIONS, *_POOLS)):
        return fractions.Fraction(1, _per_axis(layer.strides, axis))
    if isinstance(layer, _TRANSPOSED):
        return fractions.Fraction(_per_axis(layer.strides, axis))
    if isinstance(layer, _UPSAMPLINGS):
        return fractions.Fraction(_per_axis(layer.size, axis))
    return _BLURS.get(type(layer), fractions.Fraction(1))


def _reads(layer, start, stop, size, axis):
    """Pixels `(start, stop)` of its input that make pixels `start` to `stop` of its output."""
    layer = _inner(layer)
    if hasattr(layer, "reads"):
        return layer.reads(start, stop, size, axis)
    if isinstance(layer, _CONVOLUTIONS):
        kernel, rate = (_per_axis(v, axis) for v in (layer.kernel_size, layer.dilation_rate))
        window = (kernel - 1) * rate + 1
        return _window(start, stop, window, _per_axis(layer.strides, axis), layer.padding, size)
    if isinstance(layer, _POOLS):
        window, stride = (_per_axis(v, axis) for v in (layer.pool_size, layer.strides))
        return _window(start, stop, window, stride, layer.padding, size)
    if isinstance(layer, BlurDownsample):
        return _window(start, stop, 4, 2, "same", size)
    if isinstance(layer, BlurUpsample):
        return _spread(start, stop, 4, 2, "same")
    if isinstance(layer, _TRANSPOSED):
        kernel, stride = (_per_axis(v, axis) for v in (layer.kernel_size, layer.strides))
        return _spread(start, stop, kernel, stride, layer.padding)
    if isinstance(layer, _PADDINGS):
        before = _first(layer.padding, axis)
        return start - before, stop - before
    if isinstance(layer, _CROPPINGS):
        before = _first(layer.cropping, axis)
        return start + before, stop + before
    if isinstance(layer, _UPSAMPLINGS):
        factor = _per_axis(layer.size, axis)
        if getattr(layer, "interpolation", "nearest") == "nearest":
            return start // factor, (stop - 1) // factor + 1
        return bilinear_reads(start, stop, factor)
    return start, stop


def _first(sides, axis):
    """Of a padding or cropping, (before, after) or ((before, after), ...), the one before."""
    return sides[axis][0] if isinstance(sides[0], (tuple, list)) else sides[0]


def _window(start, stop, window, stride, padding, size):
    last = stride if size is None else size % stride or stride
    before = max(window - last, 0) // 2 if padding == "same" else 0
    return start * stride - before, (stop - 1) * stride - before + window


def _spread(start, stop, kernel, stride, padding):
    """Of a transposed convolution, whose pixel i goes to pixels `i * stride` and the next ones."""
    before = max(kernel - stride, 0) // 2 if padding == "same" else 0
    start, stop = start + before, stop + before
    return -((kernel - 1 - start) // stride), (stop - 1) // stride + 1
