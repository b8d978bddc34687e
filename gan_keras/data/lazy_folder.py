"""A folder of images that are decoded when they are looked at, and then let go."""

import numpy as np

from gan_keras import kinds
from gan_keras.data import folder, sizing
from gan_keras.data.source import Source


class LazyFolder(Source):
    """A `Source` whose samples stay on disk: to score many or large images, not to train on them.

    Names, labels and fingerprint are those of `data.source` for the same folder.

    Args:
        path: the folder.
        arguments: `image_size`, `channels`, `fit`, `split`, as for `data.source`.

    Raises:
        ValueError: as for `data.source`; a damaged image is only found when it is decoded.
    """

    def __init__(self, path, **arguments):
        files = folder.listed(path, **arguments)
        labels, class_names = folder.labels_of(files.paths, files.root)
        super().__init__(
            name=str(path),
            samples=LazyImages(files),
            labels=labels,
            class_names=class_names,
            kind=kinds.Images(shape=files.shape),
        )

    def __post_init__(self):
        """Looks at the labels alone: samples stay where they are."""
        if self.labels is not None:
            self.labels = self._checked_labels()


class LazyImages:
    """What stands for an array uint8 (num, h, w, c) of images on disk; slices are arrays.

    Args:
        files: a `folder.Listed`.
    """

    dtype = np.dtype("uint8")
    ndim = 4

    def __init__(self, files):
        self.files = files
        self.shape = (len(files.paths), *files.shape)

    def __len__(self):
        return len(self.files.paths)

    def __getitem__(self, rows):
        """Images of a slice, or of an array of row numbers."""
        places = np.arange(len(self))[rows]
        images = np.empty((places.size, *self.shape[1:]), "uint8")

        def decode(row):
            images[row] = self._decode(places.flat[row])

        sizing.in_parallel(decode, range(len(images)))
        return images.reshape(*places.shape, *self.shape[1:])

    def __array__(self, dtype=None, copy=None):
        return self[:].astype(dtype or "uint8", copy=False)

    def _decode(self, place):
        path = self.files.paths[place]
        try:
            image = self.files.decode(path)
        except Exception as error:  # decoders raise whatever a damaged file leads them to
            reason = " ".join(str(error).split())
            raise ValueError(f"'{path}' is no readable image ({reason}). Remove it.") from error
        self.files.check_shape(image, path)
        return image
