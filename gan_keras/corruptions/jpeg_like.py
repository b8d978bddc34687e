"""The marks of JPEG: blocks, ringing, flat colours."""

import dataclasses
import math
from typing import ClassVar

import numpy as np
import tensorflow as tf

from gan_keras.corruptions import corruption
from gan_keras.serialization import register

# Rows of R, G, B in [0, 255] to luma and to the two differences of colour.
_COLOURS = np.array(
    [[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]], "float32"
)
_LUMA = np.array(
    [
        [16, 11, 10, 16, 24, 40, 51, 61],
        [12, 12, 14, 19, 26, 58, 60, 55],
        [14, 13, 16, 24, 40, 57, 69, 56],
        [14, 17, 22, 29, 51, 87, 80, 62],
        [18, 22, 37, 56, 68, 109, 103, 77],
        [24, 35, 55, 64, 81, 104, 113, 92],
        [49, 64, 78, 87, 103, 121, 120, 101],
        [72, 92, 95, 98, 112, 100, 103, 99],
    ]
)
_CHROMA = np.full((8, 8), 99)
_CHROMA[:4, :4] = [[17, 18, 24, 47], [18, 21, 26, 66], [24, 26, 56, 99], [47, 66, 99, 99]]


@register
@dataclasses.dataclass(kw_only=True)
class JpegLike(corruption.Corruption):
    """JPEG's loss in the graph: the input of restoration.

    Colours to luma and two differences, 8 x 8 blocks to their cosine transform, coefficients
    rounded to multiples of the standard's tables, and back, clipped and rounded to 256 levels. It
    is libjpeg without subsampling of colour, up to a level of rounding here and there. Images are
    mirrored at the border up to whole blocks. Rounding has no gradient.

    Source: ITU-T recommendation T.81, annex A.3 and tables K.1 and K.2; the scale of quality is
    that of the Independent JPEG Group.

    Args:
        quality: int in [1, 100], or a pair (least, most), uniform for each image. Defaults to
            (30, 90).

    Raises:
        ValueError: a `quality` out of range; images of other than 1 or 3 channels, or smaller
            than 8 x 8.
    """

    name: ClassVar[str] = "jpeg_like"
    quality: tuple = (30, 90)

    def __post_init__(self):
        self.quality = corruption.check_range(
            "quality", self.quality, "JpegLike", low=1, high=100, whole=True
        )

    def input_shape(self, shape):
        """The same."""
        corruption.check_images(shape, "JpegLike")
        if shape[2] not in (1, 3) or min(shape[:2]) < 8:
            raise ValueError(
                "JpegLike takes images of 1 or 3 channels and at least 8 x 8 pixels. Received: "
                f"{tuple(shape)}."
            )
        return tuple(shape)

    def __call__(self, real, random):
        """Images as they come back from a file."""
        height, width, channels = self.input_shape(real.shape[1:])
        least, most = self.quality
        drawn = random.integers((corruption.batch_of(real),), most - least + 1)
        tables = np.stack([_tables(quality)[:channels] for quality in range(least, most + 1)])
        steps = tf.gather(tables.astype("float32"), drawn)  # (batch, c, 8, 8)
        levels = 127.5 * (real + 1.0)
        if channels == 3:
            levels = tf.round(tf.einsum("bhwc,kc->bhwk", levels, _COLOURS))
        # The differences of colour are around 0 already.
        centre = tf.constant([128.0, 0.0, 0.0][:channels])
        pads = [[0, 0], [0, -height % 8], [0, -width % 8], [0, 0]]
        blocks = _cut(tf.pad(levels - centre, pads, "SYMMETRIC"))  # (b, rows, columns, c, 8, 8)
        steps = steps[:, None, None]
        transformed = tf.einsum("yi,brnkij,xj->brnkyx", _COSINES, blocks, _COSINES)
        transformed = steps * tf.round(transformed / steps)
        blocks = tf.einsum("yi,brnkyx,xj->brnkij", _COSINES, transformed, _COSINES)
        levels = tf.round(_joined(blocks)[:, :height, :width] + centre)
        if channels == 3:
            levels = tf.round(tf.einsum("bhwk,ck->bhwc", levels, np.linalg.inv(_COLOURS)))
        levels = tf.clip_by_value(levels, 0.0, 255.0)
        return {"input": levels / 127.5 - 1.0}


def _tables(quality):
    """Steps of the coefficients of luma and of both differences of colour: (3, 8, 8)."""
    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    luma, chroma = (np.clip((table * scale + 50) // 100, 1, 255) for table in (_LUMA, _CHROMA))
    return np.stack([luma, chroma, chroma])


def _cosines():
    """The orthonormal cosine transform of 8 numbers, a row for each frequency."""
    frequency, place = np.mgrid[:8, :8]
    rows = 0.5 * np.cos(math.pi * (2 * place + 1) * frequency / 16)
    rows[0] /= math.sqrt(2)
    return rows.astype("float32")


_COSINES = _cosines()


def _cut(images):
    """(b, h, w, c) into blocks (b, h / 8, w / 8, c, 8, 8)."""
    _, height, width, channels = images.shape
    blocks = tf.reshape(images, (-1, height // 8, 8, width // 8, 8, channels))
    return tf.transpose(blocks, (0, 1, 3, 5, 2, 4))


def _joined(blocks):
    """The counterpart of `_cut`."""
    _, rows, columns, channels = blocks.shape[:4]
    images = tf.transpose(blocks, (0, 1, 4, 2, 5, 3))
    return tf.reshape(images, (-1, 8 * rows, 8 * columns, channels))
