"""What counts as good samples and good labels; everything else is one line that says the cure."""

import numpy as np

from gan_keras import images


def samples(array, name):
    """Images as uint8 (n, h, w, c), or vectors as float32 (n, d).

    Taken are: images, uint8 in [0, 255] or floating point in [-1, 1], (n, h, w, c) or (n, h, w);
    vectors, floating point of any finite value, (n, d). Floating-point images are rounded to the
    256 levels of uint8. Those without a single value below 0 are refused: they are in [0, 1],
    where half of what a generator can say would never be wanted.

    Args:
        array: a NumPy array.
        name: what a message calls the data.

    Raises:
        ValueError: rank, dtype, range or layout are others, or a value is not finite.
    """
    array = np.asarray(array)
    if array.ndim not in (2, 3, 4) or array.size == 0:
        raise ValueError(
            f"'{name}': samples have shape {array.shape}, but images are (n, h, w, c) or (n, h, w) "
            "and vectors (n, d), none of them empty. Reshape them."
        )
    if array.ndim == 2:
        return _vectors(array, name)
    if array.ndim == 3:
        array = array[..., np.newaxis]
    if array.shape[-1] > 4 and array.shape[1] <= 4:
        raise ValueError(
            f"'{name}': images of shape {array.shape[1:]} have their channels first, but they "
            "must be last. Pass np.moveaxis(images, 1, -1)."
        )
    if array.dtype == np.uint8:
        return array
    image_range(array, name)
    return images.to_uint8(array)


def image_range(array, name):
    """Refuses images that are not uint8 or floating point in [-1, 1] with values below 0."""
    if array.dtype == np.uint8:
        return
    if not np.issubdtype(array.dtype, np.floating):
        raise ValueError(
            f"'{name}': images are {array.dtype}, but must be uint8 in [0, 255] or floating point "
            "in [-1, 1]. Pass images.astype('uint8') if they lie in [0, 255]."
        )
    _finite(array, name)
    low, high = float(array.min()), float(array.max())
    if low < -1 or high > 1:
        raise ValueError(
            f"'{name}': floating-point images lie in [{low:g}, {high:g}], but must lie in "
            "[-1, 1]. Pass images / 127.5 - 1 if they lie in [0, 255], or uint8."
        )
    if low >= 0:
        raise ValueError(
            f"'{name}': floating-point images lie in [{low:g}, {high:g}], with no value below 0, "
            "but must span [-1, 1]. Pass 2 * images - 1 if they lie in [0, 1], or uint8."
        )


def labels(array, num_samples, num_classes, name):
    """Labels as int32 (n,), each in [0, num_classes).

    Args:
        array: integers, (n,) or (n, 1).
        num_samples: n.
        num_classes: how many classes there are, or None where the labels themselves say it.
        name: what a message calls the data.

    Raises:
        ValueError: labels are not integers, not one per sample, or out of range.
    """
    array = np.asarray(array)
    if array.ndim == 2 and array.shape[1] > 1:
        raise ValueError(
            f"'{name}': labels have shape {array.shape}, but must be (n,). "
            "Pass labels.argmax(axis=1) if they are one-hot."
        )
    if array.ndim == 2:
        array = array[:, 0]
    if array.shape != (num_samples,):
        raise ValueError(
            f"'{name}': {num_samples} samples came with labels of shape {array.shape}, but each "
            "sample needs one label."
        )
    if not np.issubdtype(array.dtype, np.integer):
        raise ValueError(
            f"'{name}': labels are {array.dtype}, but must be integers from 0 on. Number the "
            "classes: np.unique(labels, return_inverse=True)[1]."
        )
    low, high = int(array.min()), int(array.max())
    largest = np.iinfo("int32").max - 1 if num_classes is None else num_classes - 1
    if low < 0 or high > largest:
        raise ValueError(
            f"'{name}': labels lie in [{low}, {high}], but must lie in [0, {largest}]. Number the "
            "classes: np.unique(labels, return_inverse=True)[1]."
        )
    return array.astype("int32")


def _vectors(array, name):
    if not np.issubdtype(array.dtype, np.floating):
        raise ValueError(
            f"'{name}': vectors are {array.dtype}, but must be floating point. Pass "
            "vectors.astype('float32'), or reshape flattened images to (n, h, w, c)."
        )
    _finite(array, name)
    return array.astype("float32", copy=False)


def _finite(array, name):
    finite = np.isfinite(array)
    if not finite.all():
        first = int(np.argmin(finite.reshape(len(array), -1).all(axis=1)))
        raise ValueError(
            f"'{name}': sample {first} holds NaN or infinity, as do "
            f"{int((~finite).sum())} values in all. Leave such samples out."
        )
