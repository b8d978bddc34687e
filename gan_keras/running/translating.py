"""What `gan-keras translate` does: files through a translator, and files of what it made."""

import os
import shutil
from pathlib import Path

import numpy as np
import tensorflow as tf
from PIL import Image, ImageOps

from gan_keras import images, kinds
from gan_keras.corruptions.mask import completed, fill_of
from gan_keras.data import folder, label_ids, sizing
from gan_keras.latents import RandomStream
from gan_keras.machines import memory
from gan_keras.models import feeding, validation
from gan_keras.models.translation import ORDER
from gan_keras.networks import any_size, receptive_field, tiles
from gan_keras.running import sound_translating
from gan_keras.running.translated_files import listed

TILE = 256  # pixels
PIXEL_BYTES = 4 * (3 + 3)  # of an input and a sample in colour, at least
LARGEST = 512  # pixels of a side that are translated at once, unless somebody says otherwise


def opened(model, *, direction="forward", seed=0, **of_images):
    """A `Translator`, or a `SoundTranslator` where samples are sounds.

    Args:
        model, direction, seed: as of either.
        of_images: further arguments of a `Translator`.

    Raises:
        ValueError: as they do; something for images that was given for sounds.
    """
    if model.kind.one_file == Translator.suffix:
        return Translator(model, direction=direction, seed=seed, **of_images)
    for name in ("size", "tile"):
        if of_images.get(name) is not None:
            raise ValueError(f"--{name} is for images. Leave it out.")
    return sound_translating.SoundTranslator(model, direction=direction, seed=seed)


class Translator:
    """A trained translator for files of any size.

    Args:
        model: a `models.TranslationModel`.
        direction: "forward", or "backward" of a model that has two. Defaults to "forward".
        size: pixels of a side that files are brought to, cropped to their centre; None (the
            default) for their own.
        tile: pixels of a tile's side. Defaults to None: 256 for images with more than 512 pixels a
            side, where the network allows it; else none.
        seed: of latents, for a generator that takes some. Defaults to 0.
        labels: a `data.label_ids.LabelIds`, for inputs that are label maps. Defaults to None: the
            classes that the model knows.

    Attributes:
        takes_mask: whether each image comes with a mask of its holes.

    Raises:
        ValueError: a direction that the model lacks, channels that no file has, or tiles for a
            network that sees the whole image.

    Example:

        translator = Translator(sampling.load(runs.Run("runs/emoji_pix2pix-1")))
        picture = translator.file("drawing.png")  # uint8 (h, w, 3)
    """

    suffix = ".png"

    def __init__(self, model, *, direction="forward", size=None, tile=None, seed=0, labels=None):
        self.model = model
        self.network, self.input_kind, self.kind = validation.find(
            "direction", direction, model.directions()
        )
        self.size = sizing.parse(size, None, "crop")
        if self.size is not None:
            height, width = self.size
            memory.check(
                height * width * PIXEL_BYTES,
                f"Images of {width}x{height} pixels",
                "Take a smaller --size.",
            )
        self.tile, self.seed = tile, seed
        self.labels = labels
        self.fill = fill_of(model.corruption)
        self.takes_mask = self.fill is not None
        self.channels = self.input_kind.shape[-1] - self.takes_mask
        is_map = isinstance(self.input_kind, kinds.LabelMaps)
        if is_map and labels is None:
            self.labels = label_ids.LabelIds(num_classes=self.input_kind.num_classes)
        if not is_map and self.channels not in sizing.MODES:
            raise ValueError(
                f"The network takes {self.channels} channels, which no image file has. Call "
                "`model.translate` with arrays."
            )
        try:
            graph = receptive_field.graph(self.network)
            self.stride = max(graph.stride(axis) for axis in (0, 1))
            self._free = None
        except ValueError as error:  # it sees the whole image
            if tile is not None:
                raise ValueError(f"--tile {tile} is not for this network. {error}") from error
            self._free = any_size.of_any_size(self.network)
            self.stride, self.scale = None, None
            if len(self.network.inputs) == 1:
                self.stride, self.scale = any_size.stride_and_scale(self._free)

    def file(self, path, mask=None):
        """What is made of an image file.

        Args:
            path: the file.
            mask: a file of its size that is white where pixels are missing, for inpainting.

        Returns:
            uint8 (h, w, c). Known pixels of inpainting are those of the file.

        Raises:
            ValueError: a file that can't be read, or that is too small, or of another size than
                its mask.
        """
        given = self._read(path)
        if self.takes_mask:
            given = self._with_holes(given, path, mask)
        made = self._translate(given[None], path)
        if self.takes_mask:
            made = completed(made, given[None])
        return self.kind.shown(self.kind.from_network(made))[0]

    def listed(self, path):
        """See `translated_files.listed`."""
        return listed(path)

    def write(self, path, picture, mark=None):
        """Writes a PNG with its mark in it."""
        images.save_png(path, picture, mark=mark)

    def _read(self, path):
        """A file as the network takes it: float32 (h, w, c)."""
        if isinstance(self.input_kind, kinds.LabelMaps):
            return self.input_kind.to_network(
                readable(path, lambda: self.labels.decoded(path, self.size))
            )
        fit = "crop" if self.size else None
        decode = lambda: folder.decoded(path, self.channels, self.size, fit)  # noqa: E731
        return images.to_float(readable(path, decode))

    def _with_holes(self, image, path, mask):
        """An image without its missing pixels, and the mask behind it."""
        missing = readable(mask, lambda: mask_of(mask, self.size))
        if missing.shape[:2] != image.shape[:2]:
            raise ValueError(
                f"The mask '{mask}' is {said(missing)}, but '{path}' {said(image)} pixels. Give a "
                "mask of the image's size, or --size for both."
            )
        known = image * (1.0 - missing) + np.float32(self.fill) * missing
        return np.concatenate([known, missing], axis=-1)

    def _translate(self, given, path):
        """The network's output for one image (1, h, w, c), whole or in tiles."""
        smallest = min(given.shape[1:3])
        if self.stride is not None and smallest < self.stride:
            raise ValueError(
                f"'{path}' is {said(given[0])} pixels, less than the {self.stride} that the "
                f"network makes one of. Bring it to a larger size: --size N."
            )
        try:
            if self._free is None:
                return self._in_tiles(given)
            return self._whole(given, path)
        except (ValueError, tf.errors.InvalidArgumentError) as error:
            if self.stride is None or smallest >= 8 * self.stride:
                raise
            raise ValueError(
                f"'{path}' is {said(given[0])} pixels, too few for the paddings and norms of the "
                "network. Bring it to a larger size: --size N."
            ) from error

    def _in_tiles(self, given):
        tile = self.tile
        if tile is None and max(given.shape[1:3]) > LARGEST:
            tile = TILE
        return tiles.translate_any_size(self.network, given, tile)

    def _whole(self, given, path):
        """Of networks that see the whole image."""
        own = self.network.inputs[0].shape[1:3]
        if self.stride is None:
            network, fed = self.network, given
            if None not in own and given.shape[1:3] != tuple(own):
                raise ValueError(
                    f"'{path}' is {said(given[0])} pixels, but the network takes {own[1]}x{own[0]} "
                    "alone. Bring it to that size: --size."
                )
        else:
            network, fed = self._free, any_size.padded(given, self.stride)
        roles = {"input": fed}
        if self.model.latent_dim is not None:
            random = RandomStream(np.random.SeedSequence(self.seed).generate_state(1)[0] >> 1)
            roles["latents"] = random.normal((1, self.model.latent_dim))
        made = network(feeding.feed(network, roles, ORDER), training=False)
        made = np.asarray(made, "float32")
        if self.stride is None:
            return made
        height, width = (side * self.scale for side in given.shape[1:3])
        return made[:, :height, :width]


def labels_of(settings):
    """How a run's label maps are read, by its settings: a `LabelIds`, or None."""
    arguments = settings["data_arguments"]
    if arguments.get("num_labels") is None:
        return None
    return label_ids.LabelIds(
        num_classes=arguments["num_labels"], dont_care=arguments.get("dont_care")
    )


def masks_for(found, mask):
    """Which mask belongs to each image: dict from file to file.

    Args:
        found: what `listed` gave.
        mask: a file for all, or a folder with one of each image's stem.

    Raises:
        ValueError: an image without a mask.
    """
    if Path(mask).is_file():
        return dict.fromkeys(found, Path(mask))
    by_name = {name: one for one, name in listed(mask).items()}
    for one, name in found.items():
        if name not in by_name:
            raise ValueError(f"'{one}' has no mask of its name in '{mask}'.")
    return {one: by_name[name] for one, name in found.items()}


def translate_files(translator, found, out, *, masks=None, mark=None, progress=None):
    """Writes what is made of each file; all of them, or none.

    Args:
        translator: a `Translator`, or one of sounds.
        found: what `listed` gave.
        out: a `Path`: a new folder; or, of one file, a new .png or .wav.
        masks: what `masks_for` gave, for inpainting. Defaults to None.
        mark: a `marks.Mark` of who made them. Defaults to None.
        progress: function (what, done, num), called after each file. Defaults to None.

    Raises:
        ValueError: a file that can't be translated; nothing is written.
    """
    if out.suffix == translator.suffix:
        [path] = found
        translator.write(out, translator.file(path, masks and masks[path]), mark)
        return
    temporary = out.with_name(f".writing-{os.getpid()}-{out.name}")
    temporary.mkdir(parents=True)
    try:
        for done, (path, name) in enumerate(found.items(), start=1):
            target = temporary / name
            target.parent.mkdir(parents=True, exist_ok=True)
            translator.write(target, translator.file(path, masks and masks[path]), mark)
            if progress is not None:
                progress("translated", done, len(found))
        os.rename(temporary, out)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def mask_of(path, size):
    """A mask file as float32 (h, w, 1): 1 where it is white, 0 where it is black."""
    picture = folder.opened(path, 1)
    if size is not None and picture.size != tuple(reversed(size)):
        picture = ImageOps.fit(picture, tuple(reversed(size)), method=Image.Resampling.NEAREST)
    return (np.asarray(picture) > 127).astype("float32")[..., None]


def readable(path, decode):
    """What `decode` gives; whatever a damaged file leads decoders to becomes a ValueError."""
    try:
        return decode()
    except ValueError:
        raise
    except Exception as error:
        reason = " ".join(str(error).split())
        raise ValueError(f"'{path}' can't be read as an image ({reason}). Remove it.") from error


def said(image):
    """The size of an image (h, w, c) as a message says it."""
    return f"{image.shape[1]}x{image.shape[0]}"
