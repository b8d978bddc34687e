"""Videos: clips of equally many frames, stored as uint8, seen by networks as float32 in [-1, 1]."""

import dataclasses
from typing import ClassVar

import numpy as np

from gan_keras import files, images
from gan_keras.kinds import images as image_kind
from gan_keras.kinds import kind
from gan_keras.serialization import register

IN_A_STRIP = 16  # frames that a picture shows of a clip, at most


@register
@dataclasses.dataclass(kw_only=True)
class Videos(kind.Kind):
    """Clips (frames, h, w, c), float32 in [-1, 1] for networks and users, uint8 in memory.

    A picture has a row for each clip, its frames side by side; a .gif plays all clips at once.

    Args:
        shape: (frames, height, width, channels), 1 or 3 channels.
        rate: frames a second. Defaults to 8.

    Raises:
        ValueError: another shape, or a rate that is not positive.
    """

    name: ClassVar[str] = "videos"
    unit: ClassVar[str] = "clips"
    num_shown: ClassVar[int] = 12
    num_at_once: ClassVar[int] = 32
    walks: ClassVar[bool] = False
    beside_real: ClassVar[bool] = False
    formats: ClassVar[dict] = {".gif": "write_film", ".png": "write_strips", "": "write_folder"}
    rate: float = 8.0

    def __post_init__(self):
        super().__post_init__()
        if len(self.shape) != 4 or min(self.shape) < 1 or self.shape[-1] not in (1, 3):
            raise ValueError(
                "Clips have the shape (frames, height, width, channels), of 1 or 3 channels. "
                f"Received: {self.shape}."
            )
        if not self.rate > 0:
            raise ValueError(f"`rate` is frames a second, above 0. Received: {self.rate!r}.")

    def summary(self):
        """The length of a clip."""
        frames = self.shape[0]
        return [f"clips          {frames} frames, {self.rate:g} a second"]

    def check(self, array, what):
        """uint8 (n, t, h, w, c), from uint8, or from floats in [-1, 1], rounded.

        An array (n, t, h, w) is taken for grey clips.
        """
        array = np.asarray(array)
        array = array[..., np.newaxis] if array.ndim == 4 else array
        if array.shape[1:] != self.shape:
            raise ValueError(
                f"'{what}': clips have shape {array.shape[1:]}, but these have {self.shape} "
                "(frames, height, width, channels). Cut and resize them."
            )
        if array.dtype == np.uint8:
            return array
        image_kind.check_range(array, what)
        return images.to_uint8(array)

    def check_batch(self, batch, what):
        """Floats in [-1, 1], as of images."""
        image_kind.check_floats(batch, self.shape, what)

    def to_network(self, stored):
        """float32 in [-1, 1] of uint8; floats as they are."""
        return image_kind.as_floats(stored)

    def from_network(self, samples):
        """float32 in [-1, 1]: not every generator ends in tanh."""
        return samples.clip(-1, 1)

    def scored(self, samples):
        """uint8 (n, t, h, w, c), from uint8, or from floats in [-1, 1], rounded."""
        return image_kind.as_bytes(samples)

    def for_features(self, samples):
        """(n, h, w, c): the frame in the middle of each clip, as extractors know images alone."""
        return samples[:, samples.shape[1] // 2]

    def picture(self, samples, *, columns=None, real=None, class_names=None):
        """Film strips: a row a clip, at most 16 of its frames, equally far apart."""
        chosen = self.in_a_strip()
        frames = np.asarray(samples)[:, chosen]
        return images.grid(frames.reshape(-1, *frames.shape[2:]), columns=len(chosen))

    def in_a_strip(self):
        """The frames that a strip shows, as places: a list."""
        num = min(IN_A_STRIP, self.shape[0])
        return np.linspace(0, self.shape[0] - 1, num).round().astype(int).tolist()

    def shown(self, samples):
        """The strip of each clip."""
        strips = [self.picture(sample[None]) for sample in samples]
        return np.stack(strips)

    def write_strips(self, path, samples, labels, *, scale, mark, **look):
        """One PNG with a strip for each."""
        picture = self.picture(samples)
        picture = images.enlarged(picture, scale or images.suitable_scale(*picture.shape[:2]))
        images.save_png(path, picture, mark=mark)

    def write_film(self, path, samples, labels, *, columns, scale, mark, **look):
        """One GIF that plays all clips side by side."""
        samples = np.asarray(samples)
        frames = [images.grid(samples[:, step], columns) for step in range(samples.shape[1])]
        scale = scale or images.suitable_scale(*frames[0].shape[:2])
        frames = [images.enlarged(frame, scale) for frame in frames]
        images.save_gif(path, frames, self.rate, mark=mark)

    def write_folder(self, path, samples, labels, *, mark, **look):
        """A folder of GIFs, whole or not at all, at their own size; the names say the label."""
        with files.new_folder(path) as temporary:
            for index, clip in enumerate(images.to_uint8(samples)):
                suffix = "" if labels is None else f"-class{labels[index]}"
                images.save_gif(temporary / f"{index:05d}{suffix}.gif", clip, self.rate, mark=mark)
