"""Images as numbers and as files; the one place where [0, 255] and [-1, 1] meet."""

import io
import math
import pathlib

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from gan_keras import files
from gan_keras.files import marks


def to_float(image):
    """uint8 in [0, 255] to float32 in [-1, 1]: 0 is -1, 255 is 1; a NumPy array or a tensor."""
    if isinstance(image, np.ndarray):
        return image.astype("float32") / np.float32(127.5) - np.float32(1)
    # Kept out of the top: reading images from files needs no TensorFlow, and it loads slowly.
    import tensorflow as tf

    return tf.cast(image, tf.float32) / 127.5 - 1.0


def to_uint8(image) -> np.ndarray:
    """Floating point in [-1, 1] to NumPy uint8 in [0, 255], rounded, what lies outside clipped."""
    image = np.asarray(image)
    return np.clip(np.rint((image.astype("float32") + 1) * 127.5), 0, 255).astype("uint8")


def after_jpeg(image, quality):
    """An image, uint8 (h, w, 1 or 3), after JPEG of a quality from 1 to 95."""
    file = io.BytesIO()
    picture = Image.fromarray(image[..., 0] if image.shape[-1] == 1 else image)
    picture.save(file, format="JPEG", quality=quality)
    return np.asarray(Image.open(file)).reshape(image.shape)


def grid(images, columns=None, padding=2) -> np.ndarray:
    """Images side by side, row by row.

    Args:
        images: (n, h, w, c) with 1, 3 or 4 channels; uint8, or floating point in [-1, 1].
        columns: images in a row; the smallest square that holds all by default.
        padding: white pixels between images.

    Returns:
        uint8 (H, W, c); cells past the last image are white.
    """
    images = np.asarray(images)
    if images.ndim != 4 or len(images) == 0:
        raise ValueError(
            f"`images` have shape {images.shape}, but a grid takes (n, h, w, c) with n above 0."
        )
    if images.dtype != np.uint8:
        images = to_uint8(images)
    num_images, height, width, channels = images.shape
    columns = columns or int(np.ceil(np.sqrt(num_images)))
    rows = -(-num_images // columns)
    cells = np.full((rows * columns, height + padding, width + padding, channels), 255, "uint8")
    cells[:num_images, :height, :width] = images
    cells = cells.reshape(rows, columns, *cells.shape[1:]).transpose(0, 2, 1, 3, 4)
    picture = cells.reshape(rows * (height + padding), columns * (width + padding), channels)
    return picture[: picture.shape[0] - padding, : picture.shape[1] - padding]


def enlarged(picture, scale) -> np.ndarray:
    """A picture (h, w, c) with each pixel a square of `scale` by `scale`."""
    return np.repeat(np.repeat(picture, scale, axis=0), scale, axis=1)


def suitable_scale(height, width):
    """How many times a picture is enlarged to be seen on a screen: 1 from 400 pixels on, up to 8.

    The larger side gets to at least 400 pixels, unless that takes more than 8.
    """
    return min(8, max(1, -(-400 // max(height, width))))


def with_row_names(picture, names):
    """A grid (H, W, c), with a name left of each of its rows, which are of one height.

    Args:
        picture: uint8 with 1, 3 or 4 channels.
        names: texts, one for each row from the top.
    """
    height, width, channels = picture.shape
    font = ImageFont.load_default()
    margin = 8 + math.ceil(max(font.getlength(name) for name in names))
    sheet = Image.new({1: "L", 3: "RGB", 4: "RGBA"}[channels], (margin + width, height), "white")
    sheet.paste(_pillow(picture), (margin, 0))
    draw = ImageDraw.Draw(sheet)
    for number, name in enumerate(names):
        _, top, _, bottom = font.getbbox(name)
        middle = (number + 0.5) * height / len(names)
        draw.text((4, middle - (top + bottom) / 2), name, fill="black", font=font)
    return np.asarray(sheet).reshape(height, margin + width, channels)


def save_png(path, image, *, mark=None):
    """Writes a uint8 image (h, w, c) or (h, w) as PNG; the file is whole or not there.

    Args:
        path: where to.
        image: the array.
        mark: a `marks.Mark` of who made it. Defaults to None: the file says nothing, as suits a
            real image.
    """
    _write(path, _pillow(image), format="PNG", pnginfo=marks.in_png(mark))


def save_gif(path, frames, frames_per_second=8, *, mark=None):
    """Writes uint8 frames of one shape, (h, w, c) each, as a GIF that plays for ever.

    Args:
        path: where to.
        frames: an iterable of at least one frame.
        frames_per_second: how fast it plays; the format counts in hundredths of a second.
        mark: as in `save_png`; the file holds it as a comment.
    """
    first, *others = [_pillow(frame) for frame in frames]
    _write(
        path,
        first,
        format="GIF",
        save_all=True,
        append_images=others,
        duration=round(1000 / frames_per_second),
        loop=0,
        **({} if mark is None else {"comment": mark.line().encode("utf-8", "replace")}),
    )


def _pillow(image):
    image = np.asarray(image)
    if image.dtype != np.uint8 or image.ndim not in (2, 3):
        raise ValueError(
            f"An image to write is {image.dtype} of shape {image.shape}, but must be uint8 of "
            "shape (h, w, c) or (h, w). Convert it with `to_uint8`."
        )
    return Image.fromarray(image[..., 0] if image.shape[2:] == (1,) else image)


def _write(path, picture, **arguments):
    """Writes beside `path` and renames, so that a reader never meets half a file."""
    path = pathlib.Path(path)
    with files.replacing(path) as temporary, open(temporary, "wb") as file:
        picture.save(file, **arguments)
