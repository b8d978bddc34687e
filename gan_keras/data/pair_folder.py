"""A folder of pairs in one of the layouts that are usual, told by the names in it."""

import pathlib

from gan_keras.data import pair_files, side_by_side
from gan_keras.data.side_by_side import DIRECTIONS

SPLITS = ("train", "test")
CURE = "Name the folders 'input' and 'target', with or without 'train' and 'test' around them."


def pair_folder(path, *, split="train", direction="AtoB", pairing=None, label_maps=None, **sizes):
    """The `Pairs` of a folder, whose layout is one of

    - `input/` and `target/`, or `A/` and `B/`: pairs by file name;
    - `trainA/`, `trainB/`, `testA/`, `testB/`: no pairs, as CycleGAN's data sets
      (Zhu et al., 2017, arXiv:1703.10593);
    - pictures alone: pairs side by side, as those of pix2pix;
    - `train/` and `test/`, which hold one of these.

    Args:
        path: the folder.
        split: "train", or "test" where there is one.
        direction: "AtoB" or "BtoA": which of A and B is the input. Not for `input` and `target`.
        pairing: "paired" or "unpaired"; None takes the layout's own. Pictures side by side are
            always pairs.
        label_maps: a `label_ids.LabelIds` if the inputs are class numbers; for two folders.
        sizes: `image_size`, `input_channels`, `channels`, `fit`, as for `pair_files.from_folders`.

    Raises:
        ValueError: the layout is none of these, or several; there is no such split; as for the
            readers.
    """
    if direction not in DIRECTIONS:
        raise ValueError(f"`direction` (={direction!r}) must be 'AtoB' or 'BtoA'.")
    if pairing not in (None, "paired", "unpaired"):
        raise ValueError(f"`pairing` (={pairing!r}) must be 'paired', 'unpaired' or None.")
    if split not in SPLITS:
        raise ValueError(f"'{path}' has no split '{split}'. Take 'train' or 'test'.")
    root = pathlib.Path(path)
    if not root.is_dir():
        raise ValueError(f"There is no folder '{root}'. {CURE}")
    sides, own_pairing = _sides(root, split)
    if sides is None:
        if pairing == "unpaired" or label_maps:
            asked = "label maps" if label_maps else "pairing='unpaired'"
            raise ValueError(
                f"'{root}' holds pictures side by side, but {asked} need two folders. {CURE}"
            )
        return side_by_side.side_by_side(own_pairing, direction=direction, name=str(path), **sizes)
    if sides[0].name != "input" and direction == "BtoA":
        sides = sides[::-1]
    paired = (pairing or own_pairing) == "paired"
    return pair_files.from_folders(
        *sides, paired=paired, label_maps=label_maps, name=str(path), **sizes
    )


def _sides(root, split):
    """The two folders of a split and what pairing they have; or None and the folder of pictures."""
    names = {entry.name for entry in root.iterdir() if entry.is_dir()}
    layouts = [
        (names >= {"input", "target"}, ("input", "target")),
        (names >= {"A", "B"}, ("A", "B")),
        (names >= {"trainA", "trainB"}, (f"{split}A", f"{split}B")),
        (names >= {"train"} and names <= {"train", "test", "val"}, None),
    ]
    found = [sides for is_there, sides in layouts if is_there]
    if len(found) > 1:
        raise ValueError(
            f"'{root}' has more than one layout: folders {', '.join(sorted(names))}. {CURE}"
        )
    if found == [None]:
        if split not in names:
            raise ValueError(f"'{root}' has no '{split}' split: no folder of that name in it.")
        return _sides_of_split(root / split)
    if found:
        one, other = found[0]
        if not names >= {one, other}:
            raise ValueError(f"'{root}' has no '{split}' split: no folders '{one}' and '{other}'.")
        if split == "test" and one in ("input", "A"):
            raise ValueError(
                f"'{root}' has no 'test' split: '{one}' and '{other}' lie right in it. {CURE}"
            )
        return (root / one, root / other), "unpaired" if one.startswith(split) else "paired"
    if names:
        raise ValueError(
            f"'{root}' has none of the known layouts: folders {', '.join(sorted(names))}. {CURE}"
        )
    if split == "test":
        raise ValueError(f"'{root}' has no 'test' split. {CURE}")
    return None, root


def _sides_of_split(root):
    """As `_sides`, for what lies in `train` or `test`."""
    names = {entry.name for entry in root.iterdir() if entry.is_dir()}
    if names & {"train", "trainA", "test"}:
        raise ValueError(f"'{root}' is divided once more: {', '.join(sorted(names))}. {CURE}")
    return _sides(root, "train")
