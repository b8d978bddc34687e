"""Whether a run can go on from what its folder holds, asked before anything of it is touched."""

import csv

from gan_keras.callbacks import checkpoint_folder
from gan_keras.running import bundled, identity


def check(run, own):
    """Raises ValueError if the newest checkpoint is of another run, or all of them are gone.

    A run that was killed before its first checkpoint has an empty folder of them, and begins anew.

    Args:
        run: a `runs.Run`.
        own: the `identity` of the training that is to go on.
    """
    if not run.checkpoints.is_dir() and (num := epochs_done(run)):
        raise ValueError(
            f"'{run.folder}' has made {num} epochs, but its checkpoints are gone. Put back "
            f"'{run.checkpoints}', or start a new run."
        )
    path, _ = checkpoint_folder.newest_good(run.checkpoints)
    if path is not None:
        state = checkpoint_folder.read_state(path)
        if state.get(bundled.OPTIMIZERS, True) is False:
            raise ValueError(
                f"'{run.folder}' came with gan_keras, without the state of its optimizers: it can "
                "be sampled, not trained on. Start your own: gan-keras train "
                f"{own['settings']['name']}"
            )
        identity.check(path, state.get("run"), own)


def epochs_done(run):
    """How many epochs history.csv tells of."""
    if not run.history_file.is_file():
        return 0
    with open(run.history_file, encoding="utf-8") as file:
        return sum(1 for _ in csv.DictReader(file))
