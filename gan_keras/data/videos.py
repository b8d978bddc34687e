"""Videos as sources: a folder of GIFs, or of folders with the frames of a clip each."""

import os
import pathlib

import numpy as np
from PIL import Image, ImageSequence

from gan_keras.data import folder as image_folder
from gan_keras.data import sizing
from gan_keras.data.source import Source
from gan_keras.kinds.videos import Videos

ARGUMENTS = ("num_frames",)
FILMS = (".gif",)
STILLS = tuple(suffix for suffix in image_folder.SUFFIXES if suffix not in FILMS)
RATE = 8.0  # frames a second of stills, which say none


def videos(data, *, num_frames=16, image_size=None, channels=None, fit="crop", split="train"):
    """A source of clips: the first frames of each GIF, and of each folder of frames.

    A clip is a .gif, or a folder with images in it (PNG, JPEG, WebP, BMP), which are its frames in
    the order of their names. Both may lie at any depth. The first level of folders gives the
    labels, if there are two or more and no clip lies outside. A GIF is looked at at equal
    distances in time: a frame that it shows twice as long as its shortest counts twice.

    Args:
        data: path of the folder; one with `train` and `test` in it has these splits.
        num_frames: of each clip; what is beyond is left out. Defaults to 16.
        image_size: pixels of a side, or (height, width). Defaults to None: those of the frames,
            which must then all be alike.
        channels: 1 (grey), 3 (colour). Defaults to None: grey if every frame is.
        fit: "crop" (centre) or "pad" (black), where the aspect ratio changes.
        split: "train" or "test".

    Raises:
        ValueError: no clips; one with too few frames, or that can't be read; mixed sizes.
    """
    if isinstance(num_frames, bool) or not isinstance(num_frames, int) or num_frames < 2:
        raise ValueError(
            f"`num_frames` is a whole number of frames of a clip, at least 2. Received: "
            f"{num_frames!r}."
        )
    if not isinstance(data, (str, os.PathLike)) or not pathlib.Path(data).is_dir():
        raise ValueError(
            f"Videos are a folder of .gif files or of folders of frames, not '{data}'."
        )
    size = sizing.parse(image_size, channels, fit)
    root = image_folder.split_folder(pathlib.Path(data), split)
    paths = clip_paths(root)
    clips, rate, first = [], None, None
    for path in paths:
        frames, own = _read(path, root, num_frames, channels or 3, size, fit)
        shape = frames.shape[1:3]
        if first is not None and shape != clips[0].shape[1:3]:
            (height, width), named = clips[0].shape[1:3], image_folder.name_in(first, root)
            raise ValueError(
                f"Clips in '{root}' have mixed sizes: '{named}' is {width}x{height} and "
                f"'{image_folder.name_in(path, root)}' {shape[1]}x{shape[0]} pixels. Give "
                "`image_size`, e.g. image_size=64 (--size 64)."
            )
        first, rate = first or path, rate or own
        clips.append(frames)
    clips = np.stack(clips)
    if channels is None and (clips == clips[..., :1]).all():
        clips = clips[..., :1]
    labels, class_names = image_folder.labels_of(paths, root)
    kind = Videos(shape=clips.shape[1:], rate=rate)
    return Source(name=str(data), samples=clips, kind=kind, labels=labels, class_names=class_names)


def clip_paths(root):
    """Every clip under a folder, in the order of their names: GIFs, and folders with stills."""
    found = []
    for path in image_folder.image_paths(root):
        if path.suffix.lower() in FILMS:
            found.append(path)
        elif path.parent == root:
            raise ValueError(
                f"'{path.name}' lies in '{root}' itself, but the frames of a clip lie in a folder "
                "of their own. Put each clip into one, or give .gif files."
            )
        elif not found or path.parent != found[-1]:
            found.append(path.parent)
    return list(dict.fromkeys(found))


def _read(path, root, num_frames, channels, size, fit):
    """The frames of a clip, uint8 (num_frames, h, w, channels), and how many it has a second.

    Raises:
        ValueError: it can't be read, or has too few.
    """
    name = image_folder.name_in(path, root)
    try:
        frames, rate = (_film if path.is_file() else _stills)(path, num_frames, channels)
    except Exception as error:  # decoders raise whatever a damaged file leads them to
        reason = " ".join(str(error).split())
        raise ValueError(f"'{name}' in '{root}' can't be read ({reason}). Remove it.") from error
    if len(frames) < num_frames:
        raise ValueError(
            f"'{name}' in '{root}' has {len(frames)} frames, but clips have {num_frames}. Leave it "
            f"out, or take fewer: num_frames={len(frames)} (--set data_arguments.num_frames="
            f"{len(frames)})."
        )
    if size:
        frames = [sizing.fitted(frame, size, fit) for frame in frames]
    sizes = {frame.size for frame in frames}
    if len(sizes) > 1:
        raise ValueError(
            f"The frames of '{name}' in '{root}' have mixed sizes: {sorted(sizes)}. Give "
            "`image_size`, e.g. image_size=64 (--size 64)."
        )
    width, height = frames[0].size
    return np.stack([np.asarray(f).reshape(height, width, channels) for f in frames]), rate


def _film(path, num_frames, channels):
    """Pillow images of the frames of a GIF, and its rate."""
    found, durations = [], []
    with Image.open(path) as picture:
        for frame in ImageSequence.Iterator(picture):
            found.append(image_folder.plain(frame.copy(), channels))
            durations.append(frame.info.get("duration", 0) or 1)
            if len(found) == num_frames:
                break
    shortest = min(durations)
    repeated = [
        frame
        for frame, duration in zip(found, durations, strict=True)
        for _ in range(min(num_frames, max(1, round(duration / shortest))))
    ]
    return repeated[:num_frames], 1_000 / shortest if shortest > 1 else RATE


def _stills(path, num_frames, channels):
    """Pillow images of the first frames in a folder, and the usual rate."""
    names = sorted(name for name in os.listdir(path) if not name.startswith("."))
    names = [name for name in names if name.lower().endswith(STILLS)][:num_frames]
    return [image_folder.opened(path / name, channels) for name in names], RATE
