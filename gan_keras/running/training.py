"""What `gan-keras train` does, for Python as well: a recipe, its data and model, a run folder."""

import inspect
import math
import os
import signal

from gan_keras import callbacks as our
from gan_keras import data, recipes
from gan_keras.callbacks import checkpoint_folder
from gan_keras.callbacks.disk_errors import disk_errors_named
from gan_keras.latents import check_seed
from gan_keras.machines import agreement, devices, signals, workers
from gan_keras.machines import precision as precisions
from gan_keras.machines.agreement import differences
from gan_keras.models import transfer
from gan_keras.recipes import build
from gan_keras.recipes.recipe import without_unknown
from gan_keras.running import identity, lock, resuming, runs, sampling, watching
from gan_keras.seed_range import LARGEST_SEED

WATCHING = ("quality", "quality_every", "until", "diagnose")  # which change nothing that is learnt
FREE = ("epochs", "data", "summary", "published", "mark", *WATCHING)  # what a later part may change


class Training:
    """A recipe with its data and its model, ready to run in a folder.

    ```python
    training = Training(recipes.get("ring"), seed=1)
    run = training.start("runs/my-ring")
    training.run(run)
    ```

    After a kill, `Training(recipe, seed=1).run(runs.Run("runs/my-ring"), go_on=True)` ends in
    bitwise the weights, and the history, of a run that nothing disturbed.

    Args:
        recipe: a `recipes.Recipe`.
        seed: of weights, noise and the order of the data. Defaults to 0.
        precision: one of `precision.PRECISIONS`, or "auto": see `_choose_precision`. What "auto"
            has chosen stands in `arguments` and config.json; a run that goes on elsewhere is given
            that name. Defaults to "float32".
        deterministic: see `devices.configure`.
        strategy: one of `devices.STRATEGIES`.
        quality: names of metrics to score with while training, "fid,kid"; see `callbacks.Quality`.
            Defaults to none.
        quality_every: score after every so many epochs. Defaults to 1.
        until: name of the metric that the run is to be the best by: see `callbacks.KeepBest`. It
            is measured like those of `quality`. Defaults to None.
        diagnose: whether to look for what goes wrong; see `callbacks.Diagnosis`.
        start_from: another run's folder, or a .keras file, whose weights a new run starts with
            where they fit; see `models.transfer`. Defaults to None.
        freeze_discriminator: how many of the discriminator's first layers stay as they came from
            there. Defaults to None, for none.
        mark: whether pictures say that they are generated; see `gan_keras.files.marks`. Defaults to
            True.
        source: the recipe's data, where somebody has read them already. Defaults to None.

    Raises:
        ValueError: a setting, the data or the machine does not allow it.
    """

    def __init__(
        self,
        recipe,
        *,
        seed=0,
        precision="float32",
        deterministic=False,
        strategy="auto",
        quality="",
        quality_every=1,
        until=None,
        diagnose=False,
        start_from=None,
        freeze_discriminator=None,
        mark=True,
        source=None,
    ):
        if freeze_discriminator is not None and start_from is None:
            raise ValueError(
                "`freeze_discriminator` keeps layers as another run left them. Say which run: "
                "`start_from`, or --from RUN."
            )
        check_seed(seed, LARGEST_SEED)
        if start_from is not None:
            check_origin(start_from)
        self.recipe = recipe
        self.seed = seed
        self.arguments = {
            "seed": seed,
            "precision": precision,
            "deterministic": deterministic,
            "strategy": strategy,
            "quality": quality,
            "quality_every": quality_every,
            "until": until,
            "diagnose": diagnose,
            "start_from": start_from,
            "freeze_discriminator": freeze_discriminator,
            "mark": mark,
        }
        precisions.check(precision)
        self.strategy = devices.strategy(strategy)
        if not recipe.data:
            raise ValueError(
                f"Recipe '{recipe.name}' is for data of your own. Say where: --data FOLDER."
            )
        self.source = source or data.source(recipe.data, **recipe.data_arguments)
        self._choose_precision()
        self._judges = watching.Judges(
            self.source,
            recipe,
            quality=quality,
            quality_every=quality_every,
            diagnose=diagnose,
            until=until,
        )
        with workers.losses_named():
            agreement.check_same(self.config(), self.strategy)
            with devices.scope(self.strategy):
                self.model = recipe.build(self.source, seed=seed)
                if freeze_discriminator is not None:
                    [discriminator] = self.model.discriminator_networks()
                    transfer.freeze(discriminator, freeze_discriminator)
                    # Optimizers are made anew, for what is left to train.
                    self.model.compile_from_config(self.model.get_compile_config())
        self.not_fitting = []  # layers that `start` could not take from another run
        self.images_per_step = recipe.batch_size * self.model.batches_per_step()
        self.steps_per_epoch = self.source.num_samples // self.images_per_step
        if not self.steps_per_epoch:
            raise ValueError(
                f"'{self.source.name}' has {self.source.num_samples} samples, fewer than the "
                f"{self.images_per_step} of one step. Lower --batch-size, or add samples."
            )
        # Keras runs whole executions: one that does not divide the epoch would run past its end.
        self.model.steps_per_execution = math.gcd(
            self.model.steps_per_execution, self.steps_per_epoch
        )

    def _choose_precision(self):
        """Makes "auto" a name, and sets it for the process.

        bfloat16 where every worker has it and the networks were measured to gain; else float32.
        """
        with workers.losses_named():
            everywhere = not agreement.somebody(not precisions.machine_gains(), self.strategy)
        precision = precisions.chosen(
            self.arguments["precision"],
            gains=everywhere and build.gains_by_bfloat16(self.recipe, self.source.kind),
        )
        self.arguments["precision"] = precision
        devices.configure(precision=precision, deterministic=self.arguments["deterministic"])

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
                "kind": self.source.kind.name,
            },
            "versions": runs.versions(),
        }

    def start(self, folder=None):
        """A new run folder for this training.

        Args:
            folder: its path. Defaults to the first free runs/<recipe>-<n>.
        """
        if (origin := self.arguments["start_from"]) is not None:
            is_file = str(origin).endswith(".keras")
            trained = origin if is_file else sampling.load(runs.Run(origin))
            self.not_fitting = transfer.transfer(self.model, trained)
        if folder is None:
            folder = runs.default_folder(self.recipe.name)
        config = self.config()
        # Of a translator; so a page of the run need not open the model to know what it takes.
        config["data"]["takes_pictures"] = getattr(self.model, "takes_pictures", None)
        return runs.create(workers.own_folder(folder), config)

    def check_same(self, run):
        """Raises ValueError, with what differs, unless this training can go on with `run`."""
        old, new = run.read_config(), self.config()
        if old["data"]["fingerprint"] != new["data"]["fingerprint"]:
            raise ValueError(
                f"The data differ from those that '{run.folder}' was started with: "
                f"{runs.describe(new['data'])} instead of {runs.describe(old['data'])}. "
                "Give the same --data, or start a new run."
            )
        settings = recipes.Recipe.from_run(old["settings"]).settings()
        found = {
            **differences(settings, new["settings"]),
            **differences(known_arguments(old["arguments"]), new["arguments"]),
        }
        for name in FREE:
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
            checkpoint_every: write a checkpoint every so many steps, and at each epoch's end.
                Defaults to None: every half minute, or where that would cost more than a
                hundredth of the time, less often. Several workers save at each epoch's end.
            go_on: whether to go on from the run's newest checkpoint.
            console: a `rich.console.Console` for the progress.

        Returns:
            The number of the signal that stopped the run; None if it came to its end.

        Raises:
            NonFiniteError, OSError: training failed; the checkpoints are good.
            WorkerLostError: another worker is gone; all must be started again.
        """
        extra_callbacks = [*self._judges.callbacks(run), *extra_callbacks]
        history = our.HistoryFile(run.history_file)
        own = identity.of(self.recipe, self.seed, self.source)
        checkpoint = watching.checkpoint(
            run, checkpoint_every, [history, *extra_callbacks], own, self._judges.best
        )
        if go_on:
            self.check_same(run)
        locked = lock.held(run.folder)
        with locked, workers.losses_named(), signals.stopping(checkpoint.request_stop) as received:
            agreement.check_same(
                {"resume": go_on, "checkpoint_every": checkpoint_every}, self.strategy
            )
            if go_on:
                self._go_back_together(run.checkpoints)
                resuming.check(run, own)
                checkpoint.restore(self.model)
                run.write_config(self.config())  # more epochs, perhaps
            progress = our.ProgressBar(
                batch_size=self.images_per_step,
                console=console,
                when_unread=checkpoint.request_stop,
            )
            shown = []
            if workers.index() == 0:
                source = watching.shown(self.source, self.recipe)
                shown = watching.pictures(
                    run, source, self.recipe.epochs, mark=self.arguments["mark"]
                )
                shown.append(progress)
            try:
                with disk_errors_named(run):
                    run.checkpoints.mkdir(exist_ok=True)  # whoever resumes sees whether it is gone
                    self.fit(
                        [our.TerminateOnNonFinite(), *extra_callbacks, history, *shown, checkpoint]
                    )
                agreement.gather("done", self.strategy)  # nobody leaves while others still write
            except our.Interrupted:
                return received[0] if received else signal.SIGTERM  # another worker received it
            finally:
                progress.close()
        return None

    def _go_back_together(self, folder):
        """Sets aside checkpoints that some worker lacks: it died before it had written its own."""
        if workers.count() == 1:
            return
        good = checkpoint_folder.good_steps(folder)
        common = agreement.newest_common(good, self.strategy)
        for step in checkpoint_folder.steps(folder):
            if common is None or step > common:
                checkpoint_folder.set_aside(checkpoint_folder.path_of(folder, step))

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
                    balanced=self.recipe.balanced,
                ),
                initial_epoch=epoch,
                epochs=epoch + 1 if step else epochs,
                steps_per_epoch=steps - step,
                callbacks=one_run,
                verbose=0,
            )
        one_run.finish()


def known_arguments(arguments):
    """Arguments of `Training` as config.json has them, those of another version too.

    One that is missing is at its default; one that `Training` lacks is left out.

    Raises:
        ValueError: an argument asks for what this version does not know.
    """
    parameters = dict(inspect.signature(Training).parameters)
    del parameters["recipe"], parameters["source"]
    defaults = {name: parameter.default for name, parameter in parameters.items()}
    return {**defaults, **without_unknown(arguments, defaults)}


def check_origin(start_from):
    """Raises ValueError unless `start_from` names a run folder, or a .keras file."""
    if str(start_from).endswith(".keras"):
        if not os.path.isfile(start_from):
            raise ValueError(f"There is no file '{start_from}' to start from (--from).")
    else:
        runs.Run(start_from).read_config()
