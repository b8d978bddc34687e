"""Spoken digits: 3,000 recordings of six voices, from files that a user has put somewhere.

Jackson, Souza, Flaks, Pan, Nicolas, Thite: Free Spoken Digit Dataset,
https://github.com/Jakobovski/free-spoken-digit-dataset. CC BY-SA 4.0, so it is not bundled.
"""

import pathlib
import tempfile

from gan_keras.data import class_names, official_files, sounds

FOLDERS = ("free-spoken-digit-dataset/recordings", "free_spoken_digits/recordings")
ARCHIVES = ("free_spoken_digits.tar.xz", "free-spoken-digit-dataset-master.zip")
NUM_TEST = 5  # recordings of each digit by each voice: the official test split


def spoken_digits(*, split="train", **arguments):
    """2,700 sounds for training and 300 for testing, ten classes, 8,000 samples a second.

    Raises:
        ValueError: another split; the recordings are on none of the places.
    """
    if split not in ("train", "test"):
        raise ValueError(f"'spoken_digits' has no split '{split}'. Take 'train' or 'test'.")
    folder, temporary = _found()
    try:
        train = _part(folder, "train", arguments)
        return train if split == "train" else _part(folder, "test", arguments, train.kind)
    finally:
        if temporary is not None:
            temporary.cleanup()


def _part(folder, split, arguments, kind=None):
    """Recordings are called 7_jackson_32.wav: those before number 5 are for testing."""

    def belongs(path):
        number = path.stem.rpartition("_")[2]
        return number.isdigit() and (int(number) < NUM_TEST) == (split == "test")

    return sounds.sounds(
        folder,
        **{"labels_by": "name", **arguments},
        name="spoken_digits",
        class_names=class_names.DIGITS,
        chosen=belongs,
        kind=kind,
    )


def _found():
    """The folder of the recordings, and the temporary one that they were unpacked to, or None."""
    for place in official_files.places():
        for own in FOLDERS:
            if (place / own).is_dir():
                return place / own, None
        for own in ARCHIVES:
            if (place / own).is_file():
                temporary = tempfile.TemporaryDirectory()
                official_files.unpack(place / own, temporary.name)
                return pathlib.Path(temporary.name), temporary
    raise ValueError(
        "'spoken_digits' is not on this machine. Put the folder free-spoken-digit-dataset of "
        "https://github.com/Jakobovski/free-spoken-digit-dataset (CC BY-SA 4.0) into "
        f"'{official_files.places()[0]}' or the working directory."
    )
