"""SeFa: what a generator varies most, in closed form (Shen and Zhou, 2021, arXiv:2007.06600)."""

import keras
import numpy as np

from gan_keras.layers import EqualizedDense, ModulatedConv2D, SpectralNorm
from gan_keras.layers.styles import has_styles, styles_and_synthesis
from gan_keras.models import validation


def directions(generator, num=5) -> np.ndarray:
    """Directions of latents along which the first features change most.

    With A the kernel of the first affine layer (y = A z + b) they are the eigenvectors of A^T A
    with the largest eigenvalues (equations 5 to 7): no data, no training. For a generator of styles
    (StyleGAN2) z is w, and A all style layers together; else A is the first dense layer that reads
    the latents.

    Args:
        generator: a `keras.Model` that takes latents, of `gan_keras.networks` or built alike.
        num: how many, at most the length of z (or w).

    Returns:
        float32 array (num, length of z or w): unit vectors, orthogonal, largest change first, each
        with its largest entry positive.

    Raises:
        ValueError: more than there are, or a generator whose first layer is not dense, or does not
            read all latents, as BigGAN's.
    """
    validation.check_positive_integers(num=num)
    kernel = first_kernel(generator)  # (length, features): A transposed
    if num > len(kernel):
        raise ValueError(f"There are {len(kernel)} directions. Received: `num` {num}.")
    _, vectors = np.linalg.eigh(kernel @ kernel.T)
    found = vectors[:, ::-1][:, :num].T  # eigh gives the smallest first
    largest = np.take_along_axis(found, np.abs(found).argmax(1, keepdims=True), axis=1)
    return (found * np.sign(largest)).astype("float32")


def travel(
    model, direction, *, num_rows=4, num_steps=7, distance=3.0, labels=None, seed=None
) -> np.ndarray:
    """Samples moved along a direction, from -distance to +distance.

    Args:
        model: a trained model that samples, such as a `GAN`; its averaged generator is taken, if
            there is one.
        direction: array (length of z or w,), such as one row of `directions`.
        num_rows: number of different latents.
        num_steps: samples in each row.
        distance: how far from the latents the ends are, along `direction` as it stands.
        labels: for a conditional model, an integer for all or one for each row (num_rows,); None
            for class 0.
        seed: integer or None.

    Returns:
        float32 array (num_rows, num_steps, *sample shape); for a picture,
        `images.grid(array.reshape(-1, *array.shape[2:]), columns=num_steps)`.

    Raises:
        ValueError: a direction of another length, or a `distance` that is not finite.
    """
    validation.check_positive_integers(num_rows=num_rows, num_steps=num_steps)
    validation.check_finite(distance=distance)
    generator = model.moving_average_generator or model.generator
    latents = np.repeat(model.latents(num_rows, seed=seed), num_steps, axis=0)
    if model.num_classes is not None:
        rows = np.broadcast_to(0 if labels is None else labels, (num_rows,))
        model.batch_kinds()["labels"].check_batch(np.asarray(rows), "`labels`")
        labels = np.repeat(rows, num_steps).astype("int32")
    offsets = np.tile(np.linspace(-distance, distance, num_steps), num_rows)
    moves = offsets[:, None].astype("float32") * np.asarray(direction, "float32")
    length = len(first_kernel(generator))
    if moves.shape[1] != length:
        raise ValueError(f"`direction` has {length} numbers. Received: {moves.shape[1]}.")
    if not has_styles(generator):
        moved = model.decode(latents + moves, labels=labels)
    else:
        styles, synthesis = styles_and_synthesis(generator)
        inputs = [latents] if model.num_classes is None else [latents, labels]
        w = np.asarray(styles(inputs, training=False), "float32")  # (samples, num_styles, w_dim)
        moved = np.asarray(synthesis(w + moves[:, None], training=False), "float32")
        moved = model.kind.from_network(moved)
    return moved.reshape(num_rows, num_steps, *model.sample_shape)


def first_kernel(generator):
    """The transposed A of `directions`: float64 (length of z or w, features)."""
    if has_styles(generator):
        styled = generator.get_layer("synthesis").layers
        affine = [layer.style for layer in styled if isinstance(layer, ModulatedConv2D)]
        kernels = [np.asarray(layer.kernel.numpy(), "float64") for layer in affine]
        return np.concatenate(kernels, axis=1)
    latent_dim = int(generator.inputs[0].shape[-1])
    # Spectral norm scales a kernel as a whole, which turns no direction.
    bare = [own.layer if isinstance(own, SpectralNorm) else own for own in generator.layers]
    dense = (keras.layers.Dense, EqualizedDense)
    first = next((layer for layer in bare if isinstance(layer, dense)), None)
    if first is not None and first.kernel.shape[0] >= latent_dim:
        # Where a label's embedding is concatenated to the latents, they come first.
        return np.asarray(first.kernel.numpy(), "float64")[:latent_dim]
    raise ValueError(
        f"SeFa reads a dense layer that takes all {latent_dim} latents. Received: "
        f"'{generator.name}', which does not begin with one (BigGAN's takes a piece of them). Take "
        "a generator of mlp, dcgan, resnet, sagan, r3gan or stylegan2."
    )
