"""A network for inference, of Keras's own layers wherever Keras has them.

Files of such a network open where gan_keras is not installed. What a layer of ours computes in
inference is written in layers of Keras, named as its own parts are: batch norm as it is, spectral
norm divided into the kernel, a residual block and self-attention as small networks. What Keras has
no counterpart to (StyleGAN2's convolution, for one) stays ours.
"""

import keras
import numpy as np
from keras import layers, ops

from gan_keras import layers as our
from gan_keras.layers import blocks
from gan_keras.layers.spectral_norm import SMALLEST
from gan_keras.registration import PACKAGE

ERF_P = 0.3275911
ERF_A = (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)


def plain(network, keep=()):
    """A copy of a network that computes the same in inference, of Keras's layers where they exist.

    Args:
        network: built functional `keras.Model`; left as it is. Of another kind it is returned.
        keep: classes of layers that stay ours, in the network itself and in networks within it.
            Defaults to ().

    Returns:
        A built `keras.Model` with the same name, inputs and outputs, and weights of its own.
    """
    if not isinstance(network, keras.Model) or not hasattr(network, "operations"):
        return network

    def converted(layer):
        if isinstance(layer, keras.Model):
            return plain(layer, keep)
        return _of_class(type(layer), layer) if type(layer) in keep else _plain_layer(layer)

    return keras.models.clone_model(network, clone_function=converted)


def _plain_layer(layer):
    """The counterpart of a layer, built, with its weights."""
    if isinstance(layer, keras.Model):
        return plain(layer)
    if not isinstance(layer, keras.layers.Layer) or isinstance(layer, layers.InputLayer):
        return layer  # an operation, such as a split: it has no weights
    for kind, converted in CONVERTED.items():
        if type(layer) is kind:
            return converted(layer)
    return _of_class(type(layer), layer)


def _of_class(kind, layer, **changes):
    """A layer of class `kind` with the arguments and weights of `layer`."""
    config = {**layer.get_config(), **changes}
    for key, value in config.items():
        # What draws the first weights is of no use here, and a file of it may want our code.
        if isinstance(value, dict) and str(value.get("registered_name")).startswith(f"{PACKAGE}>"):
            config[key] = "zeros" if key.endswith("_initializer") else value
    copy = kind.from_config(config)
    if layer.built and layer.weights:
        copy.build_from_config(layer.get_build_config())
        copy.set_weights(layer.get_weights())
    return copy


def _batch_norm(layer):
    return _of_class(layers.BatchNormalization, layer, synchronized=False)


def _instance_norm(layer):
    """Keras's group norm, with as many groups as channels."""
    norm = layers.GroupNormalization(
        groups=-1,
        epsilon=layer.epsilon,
        center=layer.affine,
        scale=layer.affine,
        dtype=layer.dtype_policy,
        name=layer.name,
    )
    norm.build(layer.input.shape)
    norm.set_weights(layer.get_weights())
    return norm


def _reflection_padding(layer):
    [inputs] = _like(layer.input)
    pairs = [(0, 0), *layer.pairs(len(inputs.shape)), (0, 0)]
    return keras.Model(inputs, keras.ops.pad(inputs, pairs, mode="reflect"), name=layer.name)


def _pixel_shuffle(layer):
    """Channels split into rows and columns of a block, which are then moved into place."""
    [inputs] = _like(layer.input)
    _, height, width, channels = inputs.shape
    if None in (height, width):
        return _of_class(type(layer), layer)
    scale, policy = layer.scale, layer.dtype_policy
    blocks = layers.Reshape((height, width, channels // scale**2, scale, scale), dtype=policy)
    x = layers.Permute((1, 4, 2, 5, 3), dtype=policy)(blocks(inputs))
    larger = (height * scale, width * scale, channels // scale**2)
    outputs = layers.Reshape(larger, dtype=policy)(x)
    return keras.Model(inputs, outputs, name=layer.name)


def _doubling_conv(layer):
    """Pixels repeated, then the convolution."""
    [inputs] = _like(layer.input)
    doubled = layers.UpSampling2D(2, dtype=layer.dtype_policy, name="double")(inputs)
    convolution = layers.Conv2D.from_config(
        {
            **{key: value for key, value in layer.get_config().items() if key != "border"},
            **{"kernel_size": 3, "padding": "same" if layer.border == "zeros" else "valid"},
            **{"kernel_initializer": "zeros", "bias_initializer": "zeros"},
        }
    )
    if layer.border == "reflect":
        pairs = [(0, 0), (1, 1), (1, 1), (0, 0)]
        doubled = keras.ops.pad(doubled, pairs, mode="reflect")
    outputs = convolution(doubled)
    convolution.set_weights(layer.get_weights())
    return keras.Model(inputs, outputs, name=layer.name)


def _grouped_conv(layer):
    return _of_class(layers.Conv2D, layer)


def _spectral_norm(layer):
    """The layer inside, with its kernel divided by what divides it at inference."""
    inner = layer.layer
    copy = _of_class(type(inner), inner)
    kernel = copy.embeddings if isinstance(copy, layers.Embedding) else copy.kernel
    sigma = keras.ops.maximum(layer.sigma(), SMALLEST)
    kernel.assign(keras.ops.cast(kernel, "float32") / sigma)
    return copy


def _learned_basis(layer):
    """Each channel's map times its number, as an einsum."""
    shape = (*layer.size, layer.basis.shape[-1])
    dense = layers.EinsumDense(
        "bc,hwc->bhwc", output_shape=shape, dtype=layer.dtype_policy, name=layer.name
    )
    dense.build((None, shape[-1]))
    dense.set_weights(layer.get_weights())
    return dense


def _blur_upsample(layer):
    """Pixels repeated, then the [1, 2, 1] blur: the filter [1, 3, 3, 1] in two steps."""
    [inputs] = _like(layer.input)
    repeated = layers.UpSampling2D(2, dtype=layer.dtype_policy, name="double")(inputs)
    blur = layers.DepthwiseConv2D(
        3, padding="same", use_bias=False, dtype=layer.dtype_policy, name="blur", trainable=False
    )
    outputs = blur(repeated)
    taps = np.array([1.0, 2.0, 1.0]) / 4.0
    blur.set_weights([np.tile(np.outer(taps, taps)[:, :, None, None], (1, 1, inputs.shape[-1], 1))])
    return keras.Model(inputs, outputs, name=layer.name)


def _conditional_batch_norm(layer):
    return _conditional_norm_of(layer, *_like(layer.input))


def _conditional_norm_of(layer, maps, condition):
    """Batch norm, then a scale and a shift that a linear layer reads off the condition."""
    scale = _plain_layer(layer.gamma)
    if layer.num_classes is None:  # gamma is 1 where the vector is 0
        kernel = scale.get_weights()[0]
        scale = layers.Dense(kernel.shape[-1], dtype=layer.dtype_policy, name="gamma")
        scale.build((None, kernel.shape[0]))
        scale.set_weights([kernel, np.ones(kernel.shape[-1], "float32")])
    shape = (*(1,) * (len(maps.shape) - 2), maps.shape[-1])
    gamma, beta = (
        layers.Reshape(shape, dtype=layer.dtype_policy)(linear(condition))
        for linear in (scale, _plain_layer(layer.beta))
    )
    scaled = layers.Multiply(dtype=layer.dtype_policy)([gamma, _plain_layer(layer.norm)(maps)])
    outputs = layers.Add(dtype=layer.dtype_policy)([scaled, beta])
    return keras.Model([maps, condition], outputs, name=layer.name)


def _residual_up(layer):
    """Norm, ReLU, doubling, 3x3, norm, ReLU, 3x3, plus the shortcut."""
    maps, *others = _like(layer.input)
    condition = others[0] if others else None
    policy = layer.dtype_policy

    def normalized(norm, x):
        if condition is None:
            return _plain_layer(norm)(x)
        return _conditional_norm_of(norm, *_like([x, condition]))([x, condition])

    def doubled(x):
        return layers.UpSampling2D(2, interpolation="nearest", dtype=policy)(x)

    x = layers.ReLU(dtype=policy)(normalized(layer.norm_0, maps))
    x = _plain_layer(layer.convolution_0)(doubled(x))
    x = layers.ReLU(dtype=policy)(normalized(layer.norm_1, x))
    x = _plain_layer(layer.convolution_1)(x)
    outputs = layers.Add(dtype=policy)([x, doubled(_plain_layer(layer.shortcut)(maps))])
    inputs = maps if condition is None else [maps, condition]
    return keras.Model(inputs, outputs, name=layer.name)


def _self_attention(layer):
    """Each pixel plus gamma times what it attends to."""
    [maps] = _like(layer.input)
    policy = layer.dtype_policy
    height, width = maps.shape[1:3]

    def pixels(x):
        return layers.Reshape((x.shape[1] * x.shape[2], x.shape[3]), dtype=policy)(x)

    def pooled(x):
        return layers.MaxPooling2D(2, padding="same", dtype=policy)(x)

    query = pixels(_plain_layer(layer.query)(maps))
    key = pixels(pooled(_plain_layer(layer.key)(maps)))
    value = pixels(pooled(_plain_layer(layer.value)(maps)))
    scores = layers.Dot(axes=(2, 2), dtype=policy)([query, key])
    attention = layers.Softmax(dtype="float32")(scores)
    attended = layers.Dot(axes=(2, 1), dtype=policy)([attention, value])
    attended = layers.Reshape((height, width, value.shape[-1]), dtype=policy)(attended)
    found = _plain_layer(layer.output_map)(attended)
    gamma = float(keras.ops.convert_to_numpy(layer.gamma))
    scaled = layers.Rescaling(gamma, dtype=policy, name="gamma")(found)
    outputs = layers.Add(dtype=policy)([maps, scaled])
    return keras.Model(maps, outputs, name=layer.name)


def _softmax_blocks(layer):
    """The drawn unit of each block: the largest of logits and Gumbel noise; or their softmax.

    The distribution function of the normal numbers is Abramowitz and Stegun's 7.1.26, within 1e-7,
    of operations that all formats have.
    """
    logits, normals = _like(layer.input)
    t = 1.0 / (1.0 + ERF_P * ops.abs(normals) * 0.5**0.5)
    series = t * 0.0
    for coefficient in reversed(ERF_A):
        series = (series + coefficient) * t
    erf = ops.sign(normals) * (1.0 - series * ops.exp(-0.5 * normals * normals))
    uniform = ops.clip(0.5 * (1.0 + erf), blocks.SMALLEST, 1.0 - blocks.SMALLEST)
    noisy = logits - ops.log(-ops.log(uniform))
    drawn, start = [], 0
    for size in layer.sizes:
        part = noisy[..., start : start + size]
        if layer.hard:
            largest = ops.max(part, axis=-1, keepdims=True)
            drawn.append(ops.cast(ops.greater_equal(part, largest), "float32"))
        else:
            drawn.append(ops.softmax(part / layer.temperature, axis=-1))
        start += size
    outputs = ops.concatenate(drawn, axis=-1) if len(drawn) > 1 else drawn[0]
    return keras.Model([logits, normals], outputs, name=layer.name)


def _fix_blocks(layer):
    """Rows where nothing is fixed, conditions where it is; a linear layer widens what is fixed."""
    rows, condition = _like(layer.input)
    units, num_blocks = sum(layer.sizes), len(layer.sizes)
    widen = layers.Dense(units, use_bias=False, dtype="float32", name="fixed", trainable=False)
    fixed = widen(condition[:, units:])
    widen.set_weights([np.repeat(np.eye(num_blocks, dtype="float32"), layer.sizes, axis=1)])
    outputs = rows * (1.0 - fixed) + condition[:, :units] * fixed
    return keras.Model([rows, condition], outputs, name=layer.name)


def _like(tensors):
    """A new input for each of the tensors that a layer was called with."""
    tensors = tensors if isinstance(tensors, (list, tuple)) else [tensors]
    return [keras.Input(tensor.shape[1:], dtype=tensor.dtype) for tensor in tensors]


CONVERTED = {
    our.BatchNorm: _batch_norm,
    our.BlurUpsample: _blur_upsample,
    our.ConditionalBatchNorm: _conditional_batch_norm,
    our.DoublingConv2D: _doubling_conv,
    our.FixBlocks: _fix_blocks,
    our.GroupedConv2D: _grouped_conv,
    our.InstanceNorm: _instance_norm,
    our.LearnedBasis: _learned_basis,
    our.PixelShuffle: _pixel_shuffle,
    our.ReflectionPadding: _reflection_padding,
    our.ResidualUp: _residual_up,
    our.SelfAttention: _self_attention,
    our.SoftmaxBlocks: _softmax_blocks,
    our.SpectralNorm: _spectral_norm,
}
