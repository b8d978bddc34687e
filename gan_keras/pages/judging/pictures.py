"""Real and generated pictures of a study, made alike, so that only what is on them tells."""

import dataclasses
import io

import numpy as np
from PIL import Image

from gan_keras import data, kinds
from gan_keras.metrics import stream
from gan_keras.models import TranslationModel
from gan_keras.pages.document import png_link
from gan_keras.running import pair_scores


@dataclasses.dataclass(frozen=True)
class Pictures:
    """Pictures of a study.

    Attributes:
        real, fake: uint8 (n, h, w, 1 or 3).
        real_labels, fake_labels: int32 (n,), or None.
        data: name, split and fingerprint of the real ones.
        other: as `fake`, of a second run, or None.
        other_labels: int32 (n,), or None.
    """

    real: np.ndarray
    fake: np.ndarray
    real_labels: np.ndarray | None
    fake_labels: np.ndarray | None
    data: str
    other: np.ndarray | None = None
    other_labels: np.ndarray | None = None


def of(model, settings, *, num_real, num_fake, seed, other=None):
    """Pictures of a run's model beside some of its real data.

    Args:
        model: from `sampling.load`.
        settings: of the run.
        num_real, num_fake: how many.
        seed: of latents, and of which real ones.
        other: the model of a second run, of which as many come. Defaults to None.

    Raises:
        ValueError: samples that are no images, too few real ones, or sizes that differ.
    """
    for one in filter(None, (model, other)):
        if not isinstance(one.kind, kinds.Images):
            raise ValueError(
                f"People judge images, but {_whose(one, other)} makes {one.kind.name}. Score it by "
                "gan-keras evaluate."
            )
    if isinstance(model, TranslationModel):
        source, split = pair_scores.opened(settings)
    else:
        split = settings["data_arguments"].get("split", "train")
        source = data.source(settings["data"], **settings["data_arguments"])
    if source.num_samples < num_real:
        raise ValueError(
            f"The study shows {num_real} different real images, but '{source.name}' has "
            f"{source.num_samples}. Take fewer: a smaller --num, or fewer --judges."
        )
    places = np.random.default_rng(seed).choice(source.num_samples, num_real, replace=False)
    rows = source.rows(places)
    real = model.kind.shown(rows["real"])
    fake, fake_labels = _made(model, source, num_fake, seed)
    found = Pictures(
        real=real,
        fake=fake,
        real_labels=rows.get("labels"),
        fake_labels=fake_labels,
        data=f"{source.name}/{split}@{source.fingerprint}",
    )
    if other is not None:
        fake, fake_labels = _made(other, source, num_fake, seed)
        found = dataclasses.replace(found, other=fake, other_labels=fake_labels)
    for one, made in ((model, found.fake), (other, found.other)):
        if made is not None and real.shape[1:] != made.shape[1:]:
            raise ValueError(
                f"Real images are of {_size(real)}, but those that {_whose(one, other)} makes of "
                f"{_size(made)}: anybody could tell them apart by that."
            )
    return found


def _made(model, source, num, seed):
    """Samples of a model, and their labels or None."""
    batches = list(stream.labelled(lambda n: model.fakes(n, seed=seed, real=source), num))
    fakes = np.concatenate([samples for samples, _ in batches])
    own = None if batches[0][1] is None else np.concatenate([found for _, found in batches])
    # Translations come in the order of their inputs: each judge is to see some of all.
    order = np.random.default_rng([seed, 1]).permutation(len(fakes))[:num]
    if len(fakes) < num:
        raise ValueError(
            f"The study shows {num} translations, but '{source.name}' has inputs for "
            f"{len(fakes)}. Take fewer: a smaller --num, or fewer --judges."
        )
    return model.kind.shown(fakes[order]), None if own is None else own[order]


def _size(images):
    """What an error calls the shape of images."""
    colours = "grey" if images.shape[3] == 1 else "coloured"
    return f"{images.shape[2]}x{images.shape[1]} {colours} pixels"


def _whose(model, other):
    """What an error calls a model's run."""
    return "the run beside it" if model is other else "this run"


def shuffled(image, random):
    """The image with its pixels in random places: its colours, and nothing on it."""
    pixels = image.reshape(-1, image.shape[-1])
    return pixels[random.permutation(len(pixels))].reshape(image.shape)


def link(image):
    """An image as an address that holds it: a PNG without any mark, which would tell."""
    file = io.BytesIO()
    Image.fromarray(image[..., 0] if image.shape[-1] == 1 else image).save(file, format="PNG")
    return png_link(file.getvalue())
