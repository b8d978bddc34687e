"""What `gan-keras train` does, for Python as well: a recipe, its data and model, a run folder."""

import keras

from gan_keras import callbacks as our
from gan_keras import data, devices, runs, signals


class Training:
    """A recipe with its data and its model, ready to run in a folder.

    ```python
    training = Training(recipes.get("ring"), seed=1)
    run = training.start("runs/my-ring")
    training.run(run)
    ```

    After a kill, `Training(recipe, seed=1).go_on(runs.Run("runs/my-ring"))` and then `run` end in
    bitwise the weights, and the history, of a run that nothing disturbed.

    Args:
        recipe: a `recipes.Recipe`.
        seed: of weights, noise and the order of the data. Defaults to 0.
        precision: one of `devices.PRECISIONS`.
        deterministic: see `devices.configure`.
        strategy: one of `devices.STRATEGIES`.

    Raises:
        ValueError: a setting, the data or the machine does not allow it.
    """

    def __init__(
        self, recipe, *, seed=0, precision="float32", deterministic=False, strategy="auto"
    ):
        self.recipe = recipe
        self.seed = seed
        self.arguments = {
            "seed": seed,
            "precision": precision,
            "deterministic": deterministic,
            "strategy": strategy,
        }
        devices.configure(precision=precision, deterministic=deterministic)
        chosen = devices.strategy(strategy)
        self.source = data.source(recipe.data, **recipe.data_arguments)
        with devices.scope(chosen):
            self.model = recipe.build(self.source, seed=seed)
        self.images_per_step = recipe.batch_size * self.model.batches_per_step()
        self.steps_per_epoch = self.source.num_samples // self.images_per_step
        if not self.steps_per_epoch:
            raise ValueError(
                f"'{self.source.name}' has {self.source.num_samples} samples, fewer than the "
                f"{self.images_per_step} of one step. Lower --batch-size, or add samples."
            )

    def config(self):
        """What config.json says."""
        return {
            "recipe": self.recipe.name,
            "settings": self.recipe.settings(),
            "arguments": self.arguments,
            "data": {
                "name": self.source.name,
                "fingerprint": self.source.fingerprint,
                "num_samples": self.source.num_samples,
                "sample_shape": self.source.sample_shape,
                "num_classes": self.source.num_classes,
                "class_names": self.source.class_names,
            },
            "versions": runs.versions(),
        }

    def start(self, folder=None):
        """A new run folder for this training.

        Args:
            folder: its path. Defaults to the first free runs/<recipe>-<n>.
        """
        if folder is None:
            folder = runs.default_folder(self.recipe.name)
        return runs.create(folder, self.config())

    def check_same(self, run):
        """Raises ValueError, with what differs, unless this training can go on with `run`."""
        old, new = run.read_config(), self.config()
        if old["data"]["fingerprint"] != new["data"]["fingerprint"]:
            raise ValueError(
                f"The data differ from those that '{run.folder}' was started with: "
                f"{describe(new['data'])} instead of {describe(old['data'])}. "
                "Give the same --data, or start a new run."
            )
        found = {
            **differences(old["settings"], new["settings"]),
            **differences(old["arguments"], new["arguments"]),
        }
        for name in ("epochs", "data", "summary", "published"):
            found.pop(name, None)
        if found:
            changes = ", ".join(f"{key} is {b!r}, was {a!r}" for key, (a, b) in found.items())
            raise ValueError(
                f"The settings differ from those that '{run.folder}' was started with: {changes}. "
                "Leave them out to go on, or start a new run."
            )

    def run(self, run, *, extra_callbacks=(), checkpoint_every=None, go_on=False, console=None):
        """Trains to the last epoch and writes the files of the run folder.

        Args:
            run: a `runs.Run` from `start`, or of an earlier process.
            extra_callbacks: further callbacks. They come early, so that a score which they put
                into the logs reaches history and TensorBoard.
            checkpoint_every: write a checkpoint every so many steps, besides each epoch's end.
            go_on: whether to go on from the run's newest checkpoint.
            console: a `rich.console.Console` for the progress.

        Returns:
            The number of the signal that stopped the run; None if it came to its end.

        Raises:
            NonFiniteError, OSError: training failed; the checkpoints are good.
        """
        history = our.HistoryFile(run.history_file)
        checkpoint = our.Checkpoint(
            run.checkpoints,
            every_num_steps=checkpoint_every,
            callbacks=[history, *extra_callbacks],
        )
        if go_on:
            self.check_same(run)
            checkpoint.restore(self.model)
            run.write_config(self.config())  # more epochs, perhaps
        progress = our.ProgressBar(batch_size=self.images_per_step, console=console)
        real = None if self.source.is_images else self.source.samples[:2000]
        callbacks = [
            our.TerminateOnNonFinite(),
            *extra_callbacks,
            history,
            keras.callbacks.TensorBoard(run.logs, write_graph=False),
            our.SampleGrid(run.samples, log_folder=run.logs / "samples", real=real),
            our.GeneratorExport(run.generator_file),
            progress,
            checkpoint,
        ]
        with signals.stopping(checkpoint.request_stop) as received:
            try:
                self.fit(callbacks)
            except our.Interrupted:
                return received[0]
            finally:
                progress.close()
        return None

    def fit(self, callbacks=()):
        """Trains from the step that the model is at, the middle of an epoch too, to the last epoch.

        What the model gets to see is a function of its step alone, so that it does not matter in
        how many pieces it got there.
        """
        epochs, steps = self.recipe.epochs, self.steps_per_epoch
        one_run = our.OneRun(list(callbacks), model=self.model, epochs=epochs, steps=steps)
        self.model.stop_training = False
        while (done := self.model.steps_done) < epochs * steps and not self.model.stop_training:
            epoch, step = divmod(done, steps)
            self.model.fit(
                self.source.batches(
                    self.images_per_step,
                    seed=self.seed,
                    repeat=True,
                    first_batch=done,
                    labels=self.recipe.conditional,
                ),
                initial_epoch=epoch,
                epochs=epoch + 1 if step else epochs,
                steps_per_epoch=steps - step,
                callbacks=one_run,
                verbose=0,
            )
        one_run.finish()


def describe(described):
    """One line on the data of a config."""
    shape = "x".join(map(str, described["sample_shape"]))
    return (
        f"'{described['name']}', {described['num_samples']} samples of {shape}, "
        f"fingerprint {described['fingerprint']}"
    )


def differences(old, new, prefix=""):
    """Dict from dotted key to (old, new) for each setting that two nested dicts don't share."""
    found = {}
    for key in dict.fromkeys((*old, *new)):
        a, b = old.get(key), new.get(key)
        if isinstance(a, dict) and isinstance(b, dict):
            found.update(differences(a, b, f"{prefix}{key}."))
        elif plain(a) != plain(b):
            found[prefix + key] = (plain(a), plain(b))
    return found


def plain(value):
    """`value` with tuples as lists, as JSON has them."""
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value
