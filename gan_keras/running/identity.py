"""What a checkpoint must share with the run that goes on from it: recipe, seed and data."""

import json

from gan_keras.machines.agreement import differences

FREE = ("epochs", "data", "summary", "published")  # settings that may change from part to part


def of(recipe, seed, source):
    """The identity of a training, as JSON gives it back.

    Args:
        recipe: a `recipes.Recipe`.
        seed: of the training.
        source: its `data.Source`.
    """
    settings = {key: value for key, value in recipe.settings().items() if key not in FREE}
    found = {"seed": seed, "data": source.fingerprint, "settings": settings}
    return json.loads(json.dumps(found))


def check(path, saved, own):
    """Raises ValueError, with what differs, if a checkpoint is of another run.

    Settings that only one of the two knows are of another version, and say nothing.

    Args:
        path: of the checkpoint.
        saved: its identity; None for one of a version that kept none.
        own: the identity of the training.
    """
    if not saved or not own:
        return
    pairs = [(saved, own), (saved.get("settings", {}), own["settings"])]
    found = {}
    for old, new in pairs:
        common = [key for key in old if key in new and key != "settings"]
        found |= differences({k: old[k] for k in common}, {k: new[k] for k in common})
    if found:
        changes = ", ".join(f"{key} is {a!r} there, {b!r} here" for key, (a, b) in found.items())
        raise ValueError(
            f"Checkpoint '{path}' is of another run: {changes}. Put back this run's own "
            "checkpoints, or start a new run."
        )
