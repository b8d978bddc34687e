"""Spectral normalisation as a reparameterisation: a kernel divided by its largest gain."""

import keras
import numpy as np
import tensorflow as tf
from keras import ops

from gan_keras.serialization import register

FIRST_ITERATIONS = 15  # so that sigma is right from the first step on
SMALLEST = 1e-12

# Where the outputs are among the axes of a kernel.
OUTPUTS_LAST = (
    keras.layers.Dense,
    keras.layers.Embedding,
    keras.layers.Conv1D,
    keras.layers.Conv2D,
    keras.layers.Conv3D,
)
OUTPUTS_BEFORE_INPUTS = (  # (..., out, in)
    keras.layers.Conv1DTranspose,
    keras.layers.Conv2DTranspose,
    keras.layers.Conv3DTranspose,
)
DEPTHWISE = (  # (..., in, multiplier): outputs are in x multiplier
    keras.layers.DepthwiseConv1D,
    keras.layers.DepthwiseConv2D,
)


@register
class SpectralNorm(keras.layers.Wrapper):
    """Runs a layer with its kernel `W` replaced by `W / sigma(W)`, sigma its spectral norm.

    Bounds the Lipschitz constant of a discriminator (and, in SAGAN and BigGAN, tames a generator)
    at hardly any cost. With `u`, `v` the estimates of the first singular vectors,

        sigma = v^T W u      and the gradient flows through sigma, d sigma / d W = v u^T.

    (Miyato et al., 2018, arXiv 1802.05957, equations 7-12 and algorithm 1; the matrix is the kernel
    with all axes but the output's flattened.) Keras's own `SpectralNormalization` writes
    `W / sigma` over the stored kernel in every training call instead: that is a projection, without
    the gradient through sigma, and each further pass of a step moves the weights again.

    A forward pass changes nothing here. The power iteration is `before_update()`, which the model
    calls once at the start of each update of a player, however many passes the update makes. It
    depends on the kernel alone, which all replicas share, so theirs stay equal. Sigma stays active
    at inference, from the stored vectors. All of it is float32, under mixed precision too.

    Args:
        layer: a Dense or Embedding, or a convolution of Keras in 1, 2 or 3 dimensions: plain,
            transposed or depthwise.
        power_iterations: iterations in each `before_update()`. Defaults to 1, as in the paper.

    Raises:
        ValueError: a layer of another class, whose kernel may be no matrix to its outputs.
    """

    def __init__(self, layer, *, power_iterations=1, **kwargs):
        if not isinstance(layer, OUTPUTS_LAST + OUTPUTS_BEFORE_INPUTS + DEPTHWISE):
            raise ValueError(
                "`layer` must be a Dense, Embedding or convolution of Keras with one kernel to "
                f"normalise. Received: {layer.name} ({type(layer).__name__})."
            )
        # So the kernel is read in float32, whatever the policy; the wrapped layer casts for itself.
        super().__init__(layer, **{**kwargs, "autocast": False, "dtype": "float32"})
        self.power_iterations = power_iterations

    def build(self, input_shape=None):
        super().build(input_shape)
        rows, columns = self._matrix(self._kernel()).shape
        for index, (name, size) in enumerate((("u", columns), ("v", rows))):
            vector = self.add_weight(
                shape=(size,),
                initializer=lambda *_, index=index, **__: self._first_vectors()[index],
                trainable=False,
                dtype="float32",
                name=name,
            )
            setattr(self, name, vector)

    def before_update(self):
        """One power iteration (or `power_iterations` of them) from where the last one ended."""
        u, v = self._iterate(ops.convert_to_tensor(self.u), self.power_iterations)
        self.u.assign(u)
        self.v.assign(v)

    def start_vectors(self):
        """Estimates `u` and `v` anew, for a kernel that was put in the place of the last one."""
        for vector, value in zip((self.u, self.v), self._first_vectors(), strict=True):
            vector.assign(value)

    def sigma(self):
        """The kernel's spectral norm as estimated by `u` and `v`; differentiable in the kernel."""
        matrix = self._matrix(self._kernel())
        return ops.sum(tf.linalg.matvec(matrix, ops.convert_to_tensor(self.u)) * self.v)

    def call(self, inputs):
        kernel = self._kernel()
        normalized = ops.cast(kernel, "float32") / ops.maximum(self.sigma(), SMALLEST)
        with keras.StatelessScope(state_mapping=[(kernel, normalized)]):
            return self.layer(inputs)

    def compute_output_shape(self, input_shape):
        return self.layer.compute_output_shape(input_shape)

    def get_config(self):
        config = {**super().get_config(), "power_iterations": self.power_iterations}
        return {key: value for key, value in config.items() if key != "autocast"}

    def _kernel(self):
        is_embedding = isinstance(self.layer, keras.layers.Embedding)
        return self.layer.embeddings if is_embedding else self.layer.kernel

    def _matrix(self, kernel):
        matrix = ops.cast(kernel, "float32")
        if isinstance(self.layer, DEPTHWISE):
            return ops.reshape(matrix, (-1, matrix.shape[-2] * matrix.shape[-1]))
        if isinstance(self.layer, OUTPUTS_BEFORE_INPUTS):
            matrix = ops.swapaxes(matrix, -1, -2)
        return ops.reshape(matrix, (-1, matrix.shape[-1]))  # (rows, outputs)

    def _iterate(self, u, count):
        matrix = ops.stop_gradient(self._matrix(self._kernel()))
        for _ in range(count):
            v = _unit(tf.linalg.matvec(matrix, u))
            u = _unit(tf.linalg.matvec(matrix, v, transpose_a=True))
        return u, v

    def _first_vectors(self):
        """As `_iterate`, in numpy: hundreds of small operations are slow to run one by one."""
        matrix = ops.convert_to_numpy(self._matrix(self._kernel()))
        u = np.random.default_rng(0).normal(size=matrix.shape[1])
        for _ in range(FIRST_ITERATIONS):
            v = matrix @ u
            v /= max(np.linalg.norm(v), SMALLEST)
            u = v @ matrix
            u /= max(np.linalg.norm(u), SMALLEST)
        return u.astype("float32"), v.astype("float32")


def _unit(vector):
    return vector / tf.maximum(tf.norm(vector), SMALLEST)


def has_spectral_norm(network):
    """Whether any layer of a network, however deep in it, is spectrally normalised."""
    return any(isinstance(layer, SpectralNorm) for layer in network._flatten_layers())


def spectral_norm_if(wanted, layer):
    """`SpectralNorm(layer)` under the layer's name if `wanted`, else the layer itself."""
    return SpectralNorm(layer, name=layer.name) if wanted else layer
