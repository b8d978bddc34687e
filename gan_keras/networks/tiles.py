"""Images of any size through a translator: padded to fit, or in tiles that leave no seam."""

import dataclasses
import fractions
import math

import keras
import numpy as np
from keras import ops

from gan_keras.layers import InstanceNorm
from gan_keras.networks import receptive_field


def translate_tiled(network, image, tile=256):
    """What a network makes of a large image, computed tile by tile as if it were one.

    For images whose maps don't fit into memory. Each tile is cut with as many pixels around it as
    the network sees, which `receptive_field` computes; the network's own padding falls outside of
    what is kept, but at the border of the image. All cuts have one size.

    Instance norm needs the mean and variance of the whole image. They are gathered over all tiles
    before the first tile is finished, in float64, one pass up to each norm: with `n` norms that is
    about `n / 2 + 1` passes in all.

    The numbers are those of the whole image, but for the rounding of sums: libraries of
    convolutions add up in another order for another size. Where every sum is exact, the result is
    equal bit for bit.

    Args:
        network: a functional `keras.Model` of one input and one output. It may have been built for
            another size.
        image: array `(h, w, c)`, or `(batch, h, w, c)`; sides are multiples of the network's
            stride. See `translate_any_size` for others.
        tile: side of a tile in pixels of the input, an integer or (height, width); rounded up to a
            multiple of the network's stride. Defaults to 256.

    Returns:
        A numpy array with the axes of `image`.

    Raises:
        ValueError: the network has a layer of which it isn't known what it sees; or a side is no
            multiple of the stride.
    """
    images, single = _batched(image)
    tiling = _Tiling.of(network, images, _pair(tile))
    outputs = tiling.run()
    return outputs[0] if single else outputs


def translate_any_size(network, image, tile=None):
    """What a network makes of an image of any size.

    The image is mirrored at its lower and right border up to a multiple of the network's stride (a
    U-Net of `n` levels needs `2^n`), and the output cut to size.

    Args:
        network: as of `translate_tiled`.
        image: array `(h, w, c)`, or `(batch, h, w, c)`.
        tile: side of tiles, as of `translate_tiled`; None (the default) for the whole at once.

    Returns:
        A numpy array with the axes of `image`, as large as the image times the network's scale.

    Raises:
        ValueError: the network has a layer of which it isn't known what it sees.
    """
    images, single = _batched(image)
    graph = receptive_field.graph(network)
    sides = images.shape[1:3]
    missing = [-side % graph.stride(axis) for axis, side in enumerate(sides)]
    padded = np.pad(images, [(0, 0), *((0, more) for more in missing), (0, 0)], mode="reflect")
    outputs = _Tiling.of(network, padded, _pair(tile or padded.shape[1:3])).run()
    scales = [graph.scales(axis)[graph.output] for axis in (0, 1)]
    height, width = (math.ceil(side * scale) for side, scale in zip(sides, scales, strict=True))
    outputs = outputs[:, :height, :width]
    return outputs[0] if single else outputs


@dataclasses.dataclass(frozen=True)
class _Axis:
    """How one axis of the image is cut."""

    size: int  # of the image
    tile: int
    stride: int
    scales: dict  # by key of a tensor
    sizes: dict

    def cuts(self, graph, key, axis):
        """For each tile `(begin, end, start, stop)`: the input to cut, and the pixels it makes."""
        scale, size = self.scales[key], self.sizes[key]
        cuts = []
        for first in range(0, self.size, self.tile):
            last = first + self.tile
            start = math.ceil(first * scale)
            stop = size if last >= self.size else min(math.ceil(last * scale), size)
            if start >= stop:
                continue
            begin, end = graph.demands(key, start, stop, axis, self.sizes)[graph.input]
            begin -= begin % self.stride
            cuts.append((begin, min(end + -end % self.stride, self.size), start, stop))
        widest = max(end - begin for begin, end, _, _ in cuts)
        if widest == self.size:
            return [(0, self.size, 0, size)]
        begins = [min(begin, self.size - widest) for begin, _, _, _ in cuts]
        return [
            (begin, begin + widest, start, stop)
            for begin, (_, _, start, stop) in zip(begins, cuts, strict=True)
        ]


@dataclasses.dataclass(frozen=True)
class _Tiling:
    graph: receptive_field.Graph
    images: np.ndarray
    axes: tuple
    shapes: dict  # of every tensor of the whole, by key

    @classmethod
    def of(cls, network, images, tile):
        graph = receptive_field.graph(network)
        if images.shape[-1] != network.inputs[0].shape[-1]:
            raise ValueError(
                f"`image` must have {network.inputs[0].shape[-1]} channels, as the input of "
                f"{network.name}. Received: shape {images.shape}."
            )
        strides = [graph.stride(axis) for axis in (0, 1)]
        for side, stride in zip(images.shape[1:3], strides, strict=True):
            if side % stride:
                raise ValueError(
                    f"`image` must have sides that are multiples of {stride}, the stride of "
                    f"{network.name}. Received: shape {images.shape}. See translate_any_size."
                )
        shapes = _shapes(graph, images.shape)
        axes = tuple(
            _Axis(
                size=images.shape[1 + axis],
                tile=tile[axis] + -tile[axis] % strides[axis],
                stride=strides[axis],
                scales=graph.scales(axis),
                sizes={key: shape[1 + axis] for key, shape in shapes.items()},
            )
            for axis in (0, 1)
        )
        return cls(graph, images, axes, shapes)

    def run(self):
        """The network's output for the whole image."""
        statistics = {}
        needed = self._needed(self.graph.output)
        for step in self.graph.steps:
            if step in needed and isinstance(step.layer, InstanceNorm) and self._several(step):
                statistics[step.outputs[0]] = self._moments(step.inputs[0], statistics)
        output = self.graph.output
        whole = np.empty(self.shapes[output], "float32")
        for (rows, columns), part in self._parts(output, statistics):
            whole[:, rows, columns] = part
        return whole

    def _several(self, step):
        """Whether what a norm normalises is ever cut: if not, it finds its statistics itself."""
        output = self.graph.output
        keys = (step.inputs[0], output)
        cuts = [axis.cuts(self.graph, k, i) for k in keys for i, axis in enumerate(self.axes)]
        return any(len(cut) > 1 for cut in cuts)

    def _moments(self, key, statistics):
        """Mean and variance `(batch, 1, 1, c)` of a tensor of the whole image."""
        batch, height, width, channels = self.shapes[key]
        sums, squares = np.zeros((2, batch, 1, 1, channels))
        for _, part in self._parts(key, statistics):
            part = part.astype("float64")
            sums += part.sum((1, 2), keepdims=True)
            squares += np.square(part).sum((1, 2), keepdims=True)
        mean = sums / (height * width)
        variance = np.maximum(squares / (height * width) - mean**2, 0.0)
        return mean.astype("float32"), variance.astype("float32")

    def _parts(self, key, statistics):
        """Yields `(rows, columns), values` of a tensor: each pixel of the whole once."""
        vertical, horizontal = (
            axis.cuts(self.graph, key, index) for index, axis in enumerate(self.axes)
        )
        needed = self._needed(key)
        scales = [axis.scales[key] for axis in self.axes]
        for top, bottom, first_row, last_row in vertical:
            for left, right, first_column, last_column in horizontal:
                cut = self.images[:, top:bottom, left:right]
                values = _run(self.graph, needed, cut, key, statistics)
                row, column = (
                    int(fractions.Fraction(at) * scale)
                    for at, scale in zip((top, left), scales, strict=True)
                )
                rows, columns = slice(first_row, last_row), slice(first_column, last_column)
                local = values[
                    :,
                    first_row - row : last_row - row,
                    first_column - column : last_column - column,
                ]
                yield (rows, columns), ops.convert_to_numpy(ops.cast(local, "float32"))

    def _needed(self, key):
        """The steps that a tensor is made by."""
        wanted = {key}
        needed = []
        for step in reversed(self.graph.steps):
            if wanted & set(step.outputs):
                needed.append(step)
                wanted |= set(step.inputs)
        return needed[::-1]


def _run(graph, steps, images, key, statistics):
    """One tensor, from a cut of the images; each on the way is dropped after its last use."""
    last_use = {given: index for index, step in enumerate(steps) for given in step.inputs}
    values = {graph.input: ops.convert_to_tensor(images)}
    for index, step in enumerate(steps):
        arguments, options = _arguments(step, values)
        if step.outputs[0] in statistics:
            outputs = step.layer.normalize(*arguments, *statistics[step.outputs[0]])
        else:
            outputs = step.layer(*arguments, **options)
        values.update(zip(step.outputs, keras.tree.flatten(outputs), strict=True))
        for given in step.inputs:
            if last_use[given] == index and given != key:
                values.pop(given, None)
    return values[key]


def _shapes(graph, shape):
    """The shape of every tensor for images of one shape, by key; nothing is computed."""
    specs = {graph.input: keras.KerasTensor(shape, "float32")}
    for step in graph.steps:
        arguments, options = _arguments(step, specs)
        outputs = step.layer.compute_output_spec(*arguments, **options)
        specs.update(zip(step.outputs, keras.tree.flatten(outputs), strict=True))
    return {key: tuple(spec.shape) for key, spec in specs.items()}


def _arguments(step, values):
    tensors = zip(step.node.input_tensors, step.inputs, strict=True)
    return step.node.arguments.fill_in({id(tensor): values[key] for tensor, key in tensors})


def _batched(image):
    """Images `(batch, h, w, c)` as a float32 array, and whether there was but one."""
    images = np.asarray(image, "float32")
    if images.ndim not in (3, 4) or 0 in images.shape:
        raise ValueError(
            f"`image` must be (h, w, c), or (batch, h, w, c). Received: shape {images.shape}."
        )
    return (images[None], True) if images.ndim == 3 else (images, False)


def _pair(tile):
    sides = tuple(tile) if isinstance(tile, (tuple, list)) else (tile, tile)
    if len(sides) != 2 or any(not isinstance(side, int) or side < 1 for side in sides):
        raise ValueError(
            f"`tile` must be a positive integer, or (height, width). Received: {tile!r}."
        )
    return sides
