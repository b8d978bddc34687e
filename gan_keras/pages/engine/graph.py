"""A network as a list of operations and weights, which engine.js runs a sample at a time.

TensorFlow freezes the network at a batch of one and tells every shape; what does not depend on the
inputs is a constant. What only moves numbers (transposing, slicing, repeating) becomes strides over
an array, which NumPy's views tell. So the script needs some fifteen operations for TensorFlow's
sixty.
"""

import base64
import contextlib
import functools
import zlib

import keras
import numpy as np
import tensorflow as tf
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

from gan_keras.pages.engine import packing

UNARY = (
    *("Abs", "Elu", "Erf", "Exp", "LeakyRelu", "Log", "Neg", "Reciprocal", "Relu", "Round"),
    *("Rsqrt", "Selu", "Sigmoid", "Sign", "Softplus", "Sqrt", "Square", "Tanh"),
)
BINARY = {
    **{name: name for name in ("Add", "Maximum", "Minimum", "Mul", "Pow", "RealDiv")},
    **{name: name for name in ("SquaredDifference", "Sub")},
    **{"AddV2": "Add", "BiasAdd": "Add", "LogicalAnd": "Mul", "LogicalOr": "Maximum"},
    **{name: name for name in ("Equal", "Greater", "GreaterEqual", "Less", "LessEqual")},
}
SAME = ("Identity", "StopGradient", "Cast", "Reshape", "Squeeze", "ExpandDims", "PreventGradient")


def frozen(model, sizes=None):
    """The network of a page, as a `Graph`.

    Args:
        model: built `keras.Model` of one output, for inference; see `exporting.serving`.
        sizes: dict from the name of an input to the shape (without the batch) that it is frozen at.
            Defaults to None: the shapes of the model.

    Raises:
        ValueError: the engine lacks an operation; one line names it.
    """
    shapes = {tensor.name: tuple(tensor.shape[1:]) for tensor in model.inputs} | (sizes or {})
    signature = [
        tf.TensorSpec((1, *shapes[tensor.name]), tensor.dtype, name=tensor.name)
        for tensor in model.inputs
    ]

    def run(*inputs):
        return model(list(inputs) if len(inputs) > 1 else inputs[0], training=False)

    eagerly = tf.config.functions_run_eagerly()
    tf.config.run_functions_eagerly(True)  # Keras hides convolutions in groups in calls
    try:
        with unrolled(model):
            concrete = tf.function(run).get_concrete_function(*signature)
    finally:
        tf.config.run_functions_eagerly(eagerly)
    function = convert_variables_to_constants_v2(concrete, aggressive_inlining=True)
    written = Graph(function, [spec.name for spec in signature])
    for operation in function.graph.get_operations():
        if operation.outputs and operation.outputs[0].name in written.moving:
            written.add(operation)
    return written


@contextlib.contextmanager
def unrolled(model):
    """Recurrent layers write each of their steps down while this lasts: a list has no loops."""
    recurrent = [one for one in model._flatten_layers() if isinstance(one, keras.layers.RNN)]
    before = [one.unroll for one in recurrent]
    try:
        for one in recurrent:
            one.unroll = True
        yield
    finally:
        for one, was in zip(recurrent, before, strict=True):
            one.unroll = was


class Graph:
    """What is written of a frozen function.

    Args:
        function: concrete function without variables.
        names: of its inputs, in their order.
    """

    def __init__(self, function, names):
        self.function, self.names = function, names
        self.operations, self.constants = [], {}
        self.numbers, self.known, self.runs, self.count = {}, {}, {}, 0
        self.moving = self._moving()
        tensors = [
            tensor
            for operation in function.graph.get_operations()
            for tensor in operation.outputs
            if tensor.dtype.is_floating or tensor.dtype.is_integer or tensor.dtype.is_bool
        ]
        zeros = [tf.zeros(tensor.shape, tensor.dtype) for tensor in function.inputs]
        found = function.prune(function.inputs, tensors)(*zeros)
        self.values = {tensor.name: value for tensor, value in zip(tensors, found, strict=True)}

    def _moving(self):
        """Names of the tensors that depend on the inputs; a shape does not."""
        moving = {tensor.name for tensor in self.function.inputs}
        for operation in self.function.graph.get_operations():
            if operation.type in ("Shape", "ShapeN", "Rank", "Size"):
                continue
            if any(tensor.name in moving for tensor in operation.inputs):
                moving |= {tensor.name for tensor in operation.outputs}
        return moving

    def add(self, operation):
        """Writes one operation of TensorFlow's."""
        if operation.type == "Placeholder":
            self.numbers[operation.outputs[0].name] = self.new()
        elif operation.type in CONVERTED:
            CONVERTED[operation.type](self, operation)
        else:
            raise lacking(operation)

    def new(self):
        """The number of a new tensor."""
        self.count += 1
        return self.count - 1

    def shape(self, tensor):
        """Its shape, a tuple of integers."""
        return tuple(self.values[tensor.name].shape)

    def constant(self, tensor):
        """What a tensor holds; None if the inputs decide."""
        return None if tensor.name in self.moving else self.values[tensor.name].numpy()

    def number(self, tensor):
        """The number of a tensor, written down if it is a constant."""
        if tensor.name not in self.numbers:
            value = self.constant(tensor)
            if value is None:  # of an operation that has been left out
                raise ValueError(f"The page's engine has no value for '{tensor.name}'.")
            self.numbers[tensor.name] = self.kept(value)
        return self.numbers[tensor.name]

    def kept(self, value):
        """The number of a constant array; equal ones are kept once."""
        value = np.ascontiguousarray(value, "float32")
        key = value.tobytes()
        if key not in self.known:
            self.known[key] = self.new()
            self.constants[self.known[key]] = value
        return self.known[key]

    def write(self, name, of, to, shape, **arguments):
        """Writes one operation of the engine's.

        Args:
            name: what engine.js calls it.
            of: numbers of tensors.
            to: the tensor of TensorFlow's that it gives, or None.
            shape: of what it gives.

        Returns:
            The number of what it gives.
        """
        number = self.new()
        self.operations.append(
            {
                "name": name,
                "of": list(of),
                "to": number,
                "shape": list(map(int, shape)),
                **arguments,
            }
        )
        if to is not None:
            self.numbers[to.name] = number
        return number

    def moved(self, tensor, to, function):
        """A view of a tensor: NumPy's function of an array of its shape says which."""
        value = self.constant(tensor)
        if value is not None:
            number = self.kept(function(value))
            if to is not None:
                self.numbers[to.name] = number
            return number
        view = view_of(self.shape(tensor), function)
        return self.write("move", [self.number(tensor)], to, **view)

    def run(self, given, bits=None):
        """What TensorFlow makes of inputs, with weights rounded as the page's are.

        Args:
            given: dict from the name of an input to an array with a batch of one.
            bits: 16 or 12; None leaves the weights as they are.

        Returns:
            float32 array.
        """
        weights = [] if bits is None else self._weights()
        if bits not in self.runs:
            fed = [*self.function.inputs, *weights]
            self.runs[bits] = self.function.prune(fed, self.function.outputs)
        inputs = [
            tf.cast(given[name], tensor.dtype)
            for name, tensor in zip(self.names, self.function.inputs, strict=True)
        ]
        values = [packing.rounded(self.constant(tensor), bits) for tensor in weights]
        return np.asarray(self.runs[bits](*inputs, *map(tf.constant, values))[0])

    def _weights(self):
        """The constants that moving operations read and that packing may round."""
        found = {
            tensor.name: tensor
            for operation in self.function.graph.get_operations()
            if any(tensor.name in self.moving for tensor in operation.outputs)
            for tensor in operation.inputs
            if tensor.name not in self.moving and tensor.dtype.is_floating
        }
        return [found[name] for name in found if self.values[name].dtype == tf.float32]

    def as_json(self, bits=16):
        """A dict for JSON.

        Args:
            bits: of each weight, 16 or 12; see `packing`.

        Returns:
            dict of `operations`, `constants`, `weights` (deflated, in base64), `inputs` (name,
            tensor, shape), `output` (a tensor) and `shape` (of the output, without the batch).
        """
        (output,) = self.function.outputs
        output_number = self.number(output)
        constants, blob = [], bytearray()
        for number, value in self.constants.items():
            told, content = packing.packed(value, bits)
            blob += bytes(-len(blob) % 4)
            constants.append({"tensor": number, "start": len(blob), **told})
            blob += content
        deflated = zlib.compress(bytes(blob), 9)[2:-4]  # without zlib's own head and sum
        return {
            "operations": self.operations,
            "constants": constants,
            "weights": base64.b64encode(deflated).decode("ascii"),
            "inputs": [
                {"name": name, "tensor": self.numbers[tensor.name], "shape": list(tensor.shape[1:])}
                for name, tensor in zip(self.names, self.function.inputs, strict=True)
            ],
            "output": output_number,
            "shape": list(self.shape(output)[1:]),
        }


def lacking(operation, what=""):
    """The error of an operation that the engine can't run."""
    return ValueError(
        f"The page's engine has no {operation.type}{what}, which '{operation.name}' of this "
        "generator is. Take gan-keras export RUN."
    )


def view_of(shape, function):
    """Shape, strides and offset, in entries, of NumPy's view of an array of `shape`."""
    base = np.empty(shape, "uint8")
    view = function(base)
    if not np.may_share_memory(base, view):
        raise ValueError("A function of `view_of` gives a view, not a copy.")
    offset = view.__array_interface__["data"][0] - base.__array_interface__["data"][0]
    return {
        "shape": list(view.shape),
        "strides": list(view.strides),
        "offset": int(offset),
    }


# ------------------------------------------------------------- numbers


def _same(graph, operation):
    graph.numbers[operation.outputs[0].name] = graph.number(operation.inputs[0])


def _cast(graph, operation):
    if not operation.outputs[0].dtype.is_floating and operation.inputs[0].dtype.is_floating:
        raise lacking(operation, " to whole numbers")
    _same(graph, operation)


def _unary(graph, operation):
    argument = operation.get_attr("alpha") if operation.type == "LeakyRelu" else None
    (output,) = operation.outputs
    given = [graph.number(operation.inputs[0])]
    graph.write("unary", given, output, graph.shape(output), f=operation.type, argument=argument)


def _relu6(graph, operation):
    (output,) = operation.outputs
    shape = graph.shape(output)
    zero, six = graph.kept(np.zeros(1)), graph.kept(np.full(1, 6.0))
    low = _combine(graph, "Maximum", graph.number(operation.inputs[0]), shape, zero, (1,), shape)
    _combine(graph, "Minimum", low, shape, six, (1,), shape, output)


def _binary(graph, operation):
    x, y = operation.inputs
    (output,) = operation.outputs
    _combine(
        graph,
        BINARY[operation.type],
        *(graph.number(x), graph.shape(x), graph.number(y), graph.shape(y)),
        *(graph.shape(output), output),
    )


def _combine(graph, f, x, shape_x, y, shape_y, shape, to=None):
    """Writes one of BINARY; what is smaller is repeated."""
    size = int(np.prod(shape))

    def view(own, may_repeat):
        if int(np.prod(own)) == size:
            return None
        tail = shape[len(shape) - len(own) :] if own else ()
        front = next((i for i, side in enumerate(own) if side != 1), len(own))
        if may_repeat and own[front:] == tail[front:] and len(own):
            return None  # the last axes: repeated as it stands
        return view_of(own, lambda array: np.broadcast_to(array, shape))

    views = [view(shape_x, False), view(shape_y, True)]
    return graph.write("binary", [x, y], to, shape, f=f, views=views)


def _batch_norm(graph, operation):
    """Scale and shift of each channel, of constants alone."""
    x, *others = operation.inputs
    values = [graph.constant(tensor) for tensor in others]
    if operation.get_attr("is_training") or any(value is None for value in values):
        raise lacking(operation, " in training")
    gamma, beta, mean, variance = (value.astype("float64") for value in values)
    scale = gamma / np.sqrt(variance + operation.get_attr("epsilon"))
    shape, last = graph.shape(x), (graph.shape(x)[-1],)
    scaled = _combine(graph, "Mul", graph.number(x), shape, graph.kept(scale), last, shape)
    shift = graph.kept(beta - mean * scale)
    _combine(graph, "Add", scaled, shape, shift, last, shape, operation.outputs[0])


def _add_n(graph, operation):
    (output,) = operation.outputs
    shape, (first, *others) = graph.shape(output), map(graph.number, operation.inputs)
    for other in others:
        first = _combine(graph, "Add", first, shape, other, shape, shape)
    graph.numbers[output.name] = first


def _reduce(graph, operation):
    x, axes = operation.inputs
    (output,) = operation.outputs
    rank = len(graph.shape(x))
    gone = sorted({int(axis) % rank for axis in np.ravel(graph.constant(axes))})
    stay = [axis for axis in range(rank) if axis not in gone]
    length = int(np.prod([graph.shape(x)[axis] for axis in gone]))
    rows = graph.moved(x, None, lambda array: array.transpose(stay + gone))
    graph.write("reduce", [rows], output, graph.shape(output), f=operation.type, length=length)


def _softmax(graph, operation):
    (output,) = operation.outputs
    shape = graph.shape(output)
    graph.write("softmax", [graph.number(operation.inputs[0])], output, shape, length=shape[-1])


# ------------------------------------------------------------- places


def _transpose(graph, operation):
    x, order = operation.inputs
    axes = graph.constant(order)
    graph.moved(x, operation.outputs[0], lambda array: array.transpose(axes))


def _broadcast(graph, operation):
    (output,) = operation.outputs
    shape = graph.shape(output)
    graph.moved(operation.inputs[0], output, lambda array: np.broadcast_to(array, shape))


def _tile(graph, operation):
    x, times = operation.inputs
    pairs = list(zip(graph.constant(times), graph.shape(x), strict=True))
    whole = [int(side) for pair in pairs for side in pair]
    own = [int(side) for _, length in pairs for side in (1, length)]
    graph.moved(x, operation.outputs[0], lambda array: np.broadcast_to(array.reshape(own), whole))


def _slice(graph, operation):
    x, begin, size = operation.inputs
    starts, sizes = graph.constant(begin), graph.constant(size)
    places = tuple(
        slice(int(start), None if length < 0 else int(start + length))
        for start, length in zip(starts, sizes, strict=True)
    )
    graph.moved(x, operation.outputs[0], lambda array: array[places])


def _strided_slice(graph, operation):
    x, *bounds = operation.inputs
    begin, end, stride = (graph.constant(bound) for bound in bounds)
    masks = {
        name: operation.get_attr(f"{name}_mask")
        for name in ("begin", "end", "ellipsis", "new_axis", "shrink_axis")
    }
    places = []
    for i in range(len(begin)):
        bit = 1 << i
        if masks["ellipsis"] & bit:
            places.append(Ellipsis)
        elif masks["new_axis"] & bit:
            places.append(None)
        elif masks["shrink_axis"] & bit:
            places.append(int(begin[i]))
        else:
            start = None if masks["begin"] & bit else int(begin[i])
            stop = None if masks["end"] & bit else int(end[i])
            places.append(slice(start, stop, int(stride[i])))
    rest = () if Ellipsis in places else (Ellipsis,)  # of whole numbers alone it is a view, too
    graph.moved(x, operation.outputs[0], lambda array: array[(*places, *rest)])


def _parts(graph, operation):
    """Split, SplitV and Unpack: a slice for each output."""
    if operation.type == "Split":
        axis, x = operation.inputs
        axis = int(graph.constant(axis))
    elif operation.type == "SplitV":
        x, _, axis = operation.inputs
        axis = int(graph.constant(axis))
    else:
        (x,), axis = operation.inputs, operation.get_attr("axis")
    axis %= len(graph.shape(x))
    start = 0
    for output in operation.outputs:
        length = 1 if operation.type == "Unpack" else graph.shape(output)[axis]
        place = (slice(None),) * axis + (slice(start, start + length),)
        graph.moved(x, output, lambda array, place=place: array[place])
        start += length


def _join(graph, operation):
    """ConcatV2 and Pack."""
    (output,) = operation.outputs
    if operation.type == "Pack":
        arrays, axis = list(operation.inputs), operation.get_attr("axis") % len(graph.shape(output))
    else:
        *arrays, axis = operation.inputs
        axis = int(graph.constant(axis)) % len(graph.shape(output))
    lengths = [int(np.prod(graph.shape(array)[axis:])) for array in arrays]
    graph.write("join", map(graph.number, arrays), output, graph.shape(output), lengths=lengths)


def _pad(graph, operation):
    x, pairs, *value = operation.inputs
    if value and np.any(graph.constant(value[0])):
        raise lacking(operation, " with other numbers than zeros")
    (output,), shape = operation.outputs, graph.shape(x)
    mode = operation.get_attr("mode").decode().lower() if operation.type == "MirrorPad" else None
    places = [
        np.pad(np.arange(side), pair, mode).tolist()
        if mode
        else np.pad(np.arange(side), pair, constant_values=-1).tolist()
        for side, pair in zip(shape, graph.constant(pairs), strict=True)
    ]
    given = [graph.number(x)]
    graph.write("pick", given, output, graph.shape(output), sides=shape, places=places)


def _reverse(graph, operation):
    x, axes = operation.inputs
    gone = tuple(int(axis) for axis in graph.constant(axes))
    graph.moved(x, operation.outputs[0], lambda array: np.flip(array, gone))


def _gather(graph, operation):
    table, numbers, axis = operation.inputs
    (output,) = operation.outputs
    axis, places = int(graph.constant(axis)), graph.constant(numbers)
    if operation.get_attr("batch_dims"):
        raise lacking(operation, " in batches")
    if places is not None:
        sides = graph.shape(table)
        every = [list(range(side)) for side in sides]
        every[axis] = np.ravel(places).tolist()
        given = [graph.number(table)]
        graph.write("pick", given, output, graph.shape(output), sides=sides, places=every)
        return
    if axis:
        raise lacking(operation, " along another axis than the first")
    length = int(np.prod(graph.shape(table)[1:]))
    given = [graph.number(table), graph.number(numbers)]
    graph.write("gather", given, output, graph.shape(output), length=length)


def _one_hot(graph, operation):
    numbers, depth, on, off = operation.inputs
    (output,) = operation.outputs
    if operation.get_attr("axis") != -1:
        raise lacking(operation, " along another axis than the last")
    graph.write(
        "onehot",
        [graph.number(numbers)],
        output,
        graph.shape(output),
        length=int(graph.constant(depth)),
        on=float(graph.constant(on)),
        off=float(graph.constant(off)),
    )


def _depth_to_space(graph, operation):
    x, side = operation.inputs[0], operation.get_attr("block_size")
    (output,) = operation.outputs
    num, height, width, channels = graph.shape(x)
    shape = (num, height, width, side, side, channels // side**2)
    order = (0, 1, 3, 2, 4, 5)
    graph.moved(x, output, lambda array: array.reshape(shape).transpose(order))


def _space_to_depth(graph, operation):
    x, side = operation.inputs[0], operation.get_attr("block_size")
    (output,) = operation.outputs
    num, height, width, channels = graph.shape(x)
    shape = (num, height // side, side, width // side, side, channels)
    order = (0, 1, 3, 2, 4, 5)
    graph.moved(x, output, lambda array: array.reshape(shape).transpose(order))


def _space_to_batch(graph, operation):
    """Every n-th pixel becomes an image of its own: so TensorFlow begins a dilated convolution."""
    x, blocks, pads = operation.inputs
    blocks, count = graph.constant(blocks).tolist(), len(graph.constant(blocks))
    num, *sides = graph.shape(x)
    pads = [(0, 0), *graph.constant(pads).tolist(), *[(0, 0)] * (len(sides) - count)]
    places = [
        np.pad(np.arange(side), pair, constant_values=-1).tolist()
        for side, pair in zip((num, *sides), pads, strict=True)
    ]
    padded = tuple(map(len, places))
    given = [graph.number(x)]
    wide = graph.write("pick", given, None, padded, sides=(num, *sides), places=places)
    inside = zip(padded[1 : 1 + count], blocks, strict=True)
    cut = [part for side, block in inside for part in (side // block, block)]
    shape = (num, *cut, *padded[1 + count :])
    blocks_at, sides_at = range(2, 2 * count + 1, 2), range(1, 2 * count, 2)
    order = (*blocks_at, 0, *sides_at, *range(1 + 2 * count, len(shape)))
    view = view_of(padded, lambda array: array.reshape(shape).transpose(order))
    graph.write("move", [wide], operation.outputs[0], **view)


def _batch_to_space(graph, operation):
    """The way back, which ends it."""
    x, blocks, crops = operation.inputs
    blocks, crops = graph.constant(blocks).tolist(), graph.constant(crops).tolist()
    given, count = graph.shape(x), len(blocks)
    sides, rest = given[1 : 1 + count], given[1 + count :]
    shape = (*blocks, given[0] // int(np.prod(blocks)), *sides, *rest)
    pairs = [place for axis in range(count) for place in (count + 1 + axis, axis)]
    order = (count, *pairs, *range(2 * count + 1, len(shape)))
    view = view_of(given, lambda array: array.reshape(shape).transpose(order))
    wide = graph.write("move", [graph.number(x)], None, **view)
    whole = [side * block for side, block in zip(sides, blocks, strict=True)]
    kept = [slice(low, side - high) for (low, high), side in zip(crops, whole, strict=True)]
    view = view_of((shape[count], *whole, *rest), lambda array: array[(slice(None), *kept)])
    graph.write("move", [wide], operation.outputs[0], **view)


def _select(graph, operation):
    (output,) = operation.outputs
    shape = graph.shape(output)
    given = [
        graph.moved(tensor, None, lambda array: np.broadcast_to(array, shape))
        for tensor in operation.inputs
    ]
    graph.write("select", given, output, shape)


def _nearest(graph, operation):
    x, (output,) = operation.inputs[0], operation.outputs
    of, shape = graph.shape(x), graph.shape(output)
    centered = operation.get_attr("half_pixel_centers")
    if operation.get_attr("align_corners"):
        raise lacking(operation, " with aligned corners")
    places = [list(range(shape[0])), *(None, None), list(range(shape[3]))]
    for axis in (1, 2):
        at = (np.arange(shape[axis]) + (0.5 if centered else 0.0)) * of[axis] / shape[axis]
        places[axis] = np.minimum(np.floor(at), of[axis] - 1).astype(int).tolist()
    given = [graph.number(x)]
    graph.write("pick", given, output, shape, sides=of, places=places)


def _bilinear(graph, operation):
    x, (output,) = operation.inputs[0], operation.outputs
    of, shape = graph.shape(x), graph.shape(output)
    aligned = operation.get_attr("align_corners")
    centered = operation.get_attr("half_pixel_centers")
    sides = {}
    for name, axis in (("height", 1), ("width", 2)):
        at = np.arange(shape[axis], dtype="float64")
        if aligned:
            at *= (of[axis] - 1) / max(1, shape[axis] - 1)
        elif centered:
            at = np.maximum((at + 0.5) * of[axis] / shape[axis] - 0.5, 0)
        else:
            at *= of[axis] / shape[axis]
        lows = np.floor(at).astype(int)
        sides[name] = {
            "lows": np.minimum(lows, of[axis] - 1).tolist(),
            "highs": np.minimum(lows + 1, of[axis] - 1).tolist(),
            "shares": (at - lows).tolist(),
        }
    graph.write("between", [graph.number(x)], output, shape, sides=of, **sides)


# ------------------------------------------------------------- products


def _matmul(graph, operation):
    x, y = operation.inputs
    (output,) = operation.outputs
    names = ("transpose_a", "transpose_b") if operation.type == "MatMul" else ("adj_x", "adj_y")
    turned = [operation.get_attr(name) for name in names]
    shapes = [graph.shape(tensor) for tensor in (x, y)]
    if shapes[0][:-2] != shapes[1][:-2] and int(np.prod(shapes[1][:-2])) != 1:
        raise lacking(operation, " of unlike stacks")
    given = [
        graph.moved(tensor, None, lambda array: np.swapaxes(array, -1, -2))
        if is_turned
        else graph.number(tensor)
        for tensor, is_turned in zip((x, y), turned, strict=True)
    ]
    shape = graph.shape(output)
    k = shapes[0][-2 if turned[0] else -1]
    graph.write("product", given, output, shape, m=shape[-2], k=k, n=shape[-1])


def _einsum(graph, operation):
    """A product of two tensors that are made alike, and a sum."""
    x, y = operation.inputs
    (output,) = operation.outputs
    given, result = operation.get_attr("equation").decode().split("->")
    labels = given.split(",")
    if "." in given or any(len(set(part)) != len(part) for part in labels):
        raise lacking(operation, f" of {operation.get_attr('equation').decode()}")
    sides = {
        label: side
        for part, tensor in zip(labels, (x, y), strict=True)
        for label, side in zip(part, graph.shape(tensor), strict=True)
    }
    gone = "".join(label for label in sides if label not in result)
    order, shape = result + gone, [sides[label] for label in result + gone]

    def alike(array, part):
        array = array.transpose([part.index(label) for label in order if label in part])
        places = tuple(slice(None) if label in part else None for label in order)
        return np.broadcast_to(array[places], shape)

    wide = [
        graph.moved(tensor, None, functools.partial(alike, part=part))
        for part, tensor in zip(labels, (x, y), strict=True)
    ]
    tied = graph.write("binary", wide, None, shape, f="Mul", views=[None, None])
    length = int(np.prod([sides[label] for label in gone]))
    graph.write("reduce", [tied], output, graph.shape(output), f="Sum", length=length)


def windows(operation, large, kernel, small):
    """How a window of `kernel` moves over a map `large` to give one of `small`: a dict.

    Shapes of maps are (height, width), with time before them for those of clips.
    """
    if operation.get_attr("data_format") not in (b"NHWC", b"NDHWC"):
        raise lacking(operation, " with channels first")
    names = [own.name for own in operation.op_def.attr]
    strides = operation.get_attr("strides")[1:-1]
    if "dilations" in names and set(operation.get_attr("dilations")) != {1}:
        raise lacking(operation, " with dilation")
    padding = operation.get_attr("padding")
    before = [0] * len(strides)
    if padding == b"EXPLICIT":
        before = operation.get_attr("explicit_paddings")[2:6:2]
    elif padding == b"SAME":
        for axis in range(len(strides)):
            reach = (small[axis] - 1) * strides[axis] + kernel[axis]
            before[axis] = max(0, reach - large[axis]) // 2
    return {
        "of": list(map(int, large)),
        "kernel": list(map(int, kernel)),
        "stride": list(map(int, strides)),
        "before": list(map(int, before)),
        "out": list(map(int, small)),
    }


def _conv(graph, operation):
    x, kernel = operation.inputs
    (output,) = operation.outputs
    of, shape, sides = graph.shape(x)[1:], graph.shape(output), graph.shape(kernel)
    conv = windows(operation, of, sides[:2], shape[1:3])
    given = [graph.number(x), graph.number(kernel)]
    graph.write("conv", given, output, shape, conv=conv, groups=of[2] // sides[2])


def _spread(graph, operation):
    """Conv2DBackpropInput, and Conv3D's: the kernel is (height, width, features, channels)."""
    _, kernel, x = operation.inputs
    (output,) = operation.outputs
    shape, (*sides, features, channels) = graph.shape(output), graph.shape(kernel)
    if features != shape[-1]:
        raise lacking(operation, " in groups")
    conv = windows(operation, shape[1:], sides, graph.shape(x)[1:-1])
    turned = graph.moved(kernel, None, lambda array: np.moveaxis(array, -1, 0))
    graph.write(
        "spread", [graph.number(x), turned], output, shape, conv={**conv, "channels": channels}
    )


def _depthwise(graph, operation):
    """Both ways: DepthwiseConv2dNative, and its transpose."""
    is_turned = operation.type.endswith("BackpropInput")
    kernel, x = operation.inputs[1], operation.inputs[2 if is_turned else 0]
    (output,) = operation.outputs
    shape, sides = graph.shape(output), graph.shape(kernel)
    if sides[3] != 1:
        raise lacking(operation, " with several features of a channel")
    large, small = (shape, graph.shape(x)) if is_turned else (graph.shape(x), shape)
    conv = windows(operation, large[1:], sides[:2], small[1:3])
    name = "depthwiseSpread" if is_turned else "depthwise"
    graph.write(name, [graph.number(x), graph.number(kernel)], output, shape, conv=conv)


def _pool(graph, operation):
    x, (output,) = operation.inputs[0], operation.outputs
    shape = graph.shape(output)
    conv = windows(operation, graph.shape(x)[1:], operation.get_attr("ksize")[1:3], shape[1:3])
    is_mean = operation.type == "AvgPool"
    graph.write("pool", [graph.number(x)], output, shape, conv=conv, mean=is_mean)


CONVERTED = {
    **dict.fromkeys(SAME, _same),
    **dict.fromkeys(UNARY, _unary),
    **dict.fromkeys(BINARY, _binary),
    **dict.fromkeys(("ArgMax", "Mean", "Sum", "Max"), _reduce),
    **dict.fromkeys(("Split", "SplitV", "Unpack"), _parts),
    **dict.fromkeys(("ConcatV2", "Pack"), _join),
    **dict.fromkeys(("Pad", "PadV2", "MirrorPad"), _pad),
    **dict.fromkeys(("MatMul", "BatchMatMul", "BatchMatMulV2"), _matmul),
    **dict.fromkeys(("DepthwiseConv2dNative", "DepthwiseConv2dNativeBackpropInput"), _depthwise),
    **dict.fromkeys(("MaxPool", "AvgPool"), _pool),
    "AddN": _add_n,
    "BatchToSpaceND": _batch_to_space,
    "BroadcastTo": _broadcast,
    "Cast": _cast,
    "Conv2D": _conv,
    "Conv2DBackpropInput": _spread,
    "Conv3DBackpropInputV2": _spread,
    "DepthToSpace": _depth_to_space,
    "Einsum": _einsum,
    "FusedBatchNormV3": _batch_norm,
    "GatherV2": _gather,
    "OneHot": _one_hot,
    "Relu6": _relu6,
    "ResizeBilinear": _bilinear,
    "ResizeNearestNeighbor": _nearest,
    "ReverseV2": _reverse,
    "SelectV2": _select,
    "Slice": _slice,
    "Softmax": _softmax,
    "SpaceToBatchND": _space_to_batch,
    "SpaceToDepth": _space_to_depth,
    "StridedSlice": _strided_slice,
    "Tile": _tile,
    "Transpose": _transpose,
}
