"""A recipe for other data than its own: what only its own data know is left out."""

from gan_keras import data as data_sets
from gan_keras.data import fluent_emoji

EMOJI = "fluent_emoji"
OF_EMOJI = ("input", "target")  # arguments that no other data have


def suited(recipe, data, changes=()):
    """The recipe for these data, and a line on what was changed for them.

    A recipe of the bundled emoji says which of their pictures are inputs and which are wanted. A
    folder or a file of pairs has no such choice: its layout says whether they are pairs. Pictures
    of a folder are brought to the emoji's size, for which the networks are made.

    Args:
        recipe: a `Recipe`.
        data: a name or a path.
        changes: settings that somebody changes, which go before. Defaults to none.

    Returns:
        (recipe, line); the line is None if nothing was changed.
    """
    left_out = [name for name in OF_EMOJI if name in recipe.data_arguments]
    if data == EMOJI or not left_out or "data_arguments" in changes:
        return recipe, None
    arguments = {key: own for key, own in recipe.data_arguments.items() if key not in left_out}
    added = {}
    if data not in data_sets.NAMES:
        added["pairing"] = None  # as the layout of the folder says
        added["image_size"] = fluent_emoji.SIDE
    added = {key: own for key, own in added.items() if f"data_arguments.{key}" not in changes}
    line = f"For '{data}' data_arguments are without {' and '.join(left_out)}, which are {EMOJI}'s"
    if told := [f"{key}={own}" for key, own in added.items() if own is not None]:
        line += f", and with {', '.join(told)}"
    return recipe.with_settings({"data_arguments": {**arguments, **added}}), f"{line}."
