"""What scores refuse before any work is done: in one line, with numbers and the cure."""

from gan_keras import kinds


def size(source, num):
    """How many samples a source will give when asked for `num`; `num` if it does not say."""
    if hasattr(source, "num_samples"):
        return min(num, source.num_samples)
    return min(num, len(source)) if hasattr(source, "__array__") else num


def check_numbers(wanted, num_real, num_fake):
    """Raise if a score takes more samples than there will be.

    Args:
        wanted: dict from name to `table.Metric`.
        num_real, num_fake: ints.
    """
    for name, metric in wanted.items():
        if min(num_real, num_fake) < metric.at_least:
            raise ValueError(
                f"'{name}' takes at least {metric.at_least:,} samples a side. Received: "
                f"{num_real:,} real, {num_fake:,} fake. Score more, or leave '{name}' out."
            )


def check_held_out(wanted, held_out):
    """Raise if a score needs held-out data that are not there."""
    for name, metric in wanted.items():
        if metric.held_out and held_out is None:
            raise ValueError(
                f"'{name}' takes data that were never trained on. Pass `held_out`, or leave "
                f"'{name}' out."
            )


def check_not_the_same(fingerprint, held_out_fingerprint):
    """Raise if what is held out is what samples are scored against, by their fingerprints.

    Args:
        fingerprint, held_out_fingerprint: texts, or None where nobody knows.
    """
    if fingerprint is not None and fingerprint == held_out_fingerprint:
        raise ValueError(
            "The held-out data are the real data that samples are scored against. Pass data that "
            "were never trained on."
        )


def check_images(wanted, shape):
    """Raise if a score of images is asked of samples of another `shape`."""
    for name, metric in wanted.items():
        if metric.images and not kinds.are_images(shape):
            raise ValueError(
                f"'{name}' takes images (h, w, c). Received samples of shape {tuple(shape)}. Leave "
                f"'{name}' out."
            )


def check_extractor(wanted, real, extractor):
    """Raise if a score makes no sense of these data with this extractor.

    Args:
        wanted: dict from name to `table.Metric`.
        real: the real data.
        extractor: an `Extractor`.
    """
    for metric in wanted.values():
        if metric.refuse is not None:
            metric.refuse(real, extractor)


def check_streams(wanted, streams):
    """Raise if samples are of different or wrong shapes, or labels missing that a score needs.

    Args:
        wanted: dict from name to `table.Metric`.
        streams: dict from "real", "fake" and perhaps "held-out" to `statistics.Opened`.
    """
    for what, stream in streams.items():
        same_shape(what, stream.shape, streams["real"].shape)
    check_images(wanted, streams["real"].shape)
    check_labels(wanted, {what: stream.has_labels for what, stream in streams.items()})


def check_labels(wanted, has_labels):
    """Raise if a score needs labels that are not there.

    Args:
        wanted: dict from name to `table.Metric`.
        has_labels: dict from "real", "fake" and perhaps "held-out" to a bool.
    """
    for name, metric in wanted.items():
        for what in metric.labels:
            if not has_labels[what]:
                raise ValueError(
                    f"'{name}' takes samples of known classes, but the {what} ones have no labels. "
                    f"Score a conditional model on labelled data, or leave '{name}' out."
                )


def same_shape(what, shape, real_shape):
    """Raise unless samples are of the real ones' size."""
    if tuple(shape) != tuple(real_shape):
        raise ValueError(
            f"The {what} samples are of shape {tuple(shape)}, the real ones of "
            f"{tuple(real_shape)}. Bring both to one size: `image_size`, or --image-size N."
        )


def without_classes(real, extractor):
    """Raise if an extractor gives no class probabilities: what the inception score is made of."""
    if extractor.num_classes is None:
        raise ValueError(
            f"Extractor '{extractor.name}' gives no class probabilities, which the inception score "
            "needs. Use 'classifier' or 'inception_2015'."
        )
