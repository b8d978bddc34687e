"""Checkpoints that hold everything, so that a resumed run is bitwise the uninterrupted one."""

import math
import time
import warnings

import keras
import numpy as np

from gan_keras.callbacks import checkpoint_folder
from gan_keras.callbacks.terminate_on_non_finite import check_weights
from gan_keras.machines import agreement, workers


class Interrupted(Exception):  # noqa: N818
    """Training stopped on request, after a checkpoint of its last step. No error, so no `Error`."""


class Checkpoint(keras.callbacks.Callback):
    """Saves the whole state of training, and finds it again.

    Use it in place of Keras's `BackupAndRestore` for what that lacks: exact means of an epoch that
    was cut in the middle, the state of other callbacks, hashes, and no moment at which a kill or a
    full disk could leave a half-written file behind. List it last, after the callbacks whose work
    it keeps.

    ```python
    checkpoint = Checkpoint("run/checkpoints", monitor="fid", callbacks=[reduce_learning_rate])
    checkpoint.restore(gan)  # at the first start there is nothing to restore
    training.fit(gan, source, ..., callbacks=[reduce_learning_rate, checkpoint])
    ```

    Args:
        folder: of the checkpoints.
        keep: how many of the newest stay. Defaults to 3.
        every_epoch: whether to save at each epoch's end. Defaults to True. Without it the other
            two say when; the end of training and a new best score are saved all the same.
        every_num_steps: save in the middle of epochs as well, every so many steps.
        every_seconds: the same, by the clock; where saving is slow, so much less often that it
            takes a hundredth of the time.
        monitor: name of a logged score, or a function from the logs of an epoch to a score, or to
            None in an epoch without one. The checkpoint with the best score stays, too.
        mode: "min" (the default) if a low score is good, or "max".
        identity: dict that JSON can hold, which says what run the checkpoints are of. Defaults to
            None. Whoever resumes compares it: `checkpoint_folder.read_state(path)["run"]`.
        callbacks: callbacks whose state is saved: what their `get_state()` returns, which goes to
            `set_state(state)`; of callbacks without these, every attribute that is a number (so
            `ReduceLROnPlateau` and `EarlyStopping` go on counting where they were).

    Raises:
        ValueError: an argument out of range.
    """

    def __init__(
        self,
        folder,
        *,
        keep=3,
        every_epoch=True,
        every_num_steps=None,
        every_seconds=None,
        monitor=None,
        mode="min",
        identity=None,
        callbacks=(),
    ):
        super().__init__()
        if keep < 1:
            raise ValueError(f"`keep` must be at least 1. Received: {keep}")
        if every_seconds and workers.count() > 1:
            raise ValueError(
                "`every_seconds` would have each worker save at another step. "
                f"Received: {every_seconds}. Give `every_num_steps`."
            )
        if mode not in checkpoint_folder.BEST:
            raise ValueError(f"`mode` must be 'min' or 'max'. Received: {mode!r}")
        self.folder = folder
        self.keep = keep
        self.every_epoch = every_epoch
        self.every_num_steps = every_num_steps
        self.every_seconds = every_seconds
        self.monitor = monitor
        self.mode = mode
        self.identity = identity
        self.callbacks = list(callbacks)
        self._restored = None  # (path, state) until the first epoch begins
        self._stop = False
        self._epoch = 0
        self._epoch_start = 0  # steps done when the epoch began
        self._saved_step = None
        self._saved_at, self._save_seconds = time.monotonic(), 0.0

    def restore(self, model):
        """Puts the newest good checkpoint into `model`, and remembers the rest for `fit`.

        Args:
            model: a compiled model with the networks and optimizers of the saved one.

        Returns:
            The step it is at now: 0 if there is no checkpoint.

        Raises:
            ValueError: all checkpoints are damaged, or they are of other networks.
        """
        path, messages = checkpoint_folder.newest_good(self.folder)
        for message in messages:
            warnings.warn(message, stacklevel=2)
        if path is None:
            return 0
        state = checkpoint_folder.read_state(path)
        for key in ("shapes", "callbacks", "step_in_epoch"):
            if key not in state:
                raise ValueError(
                    f"Checkpoint '{path}' is damaged: its state.json lacks '{key}'. Remove it, and "
                    "the one before is taken."
                )
        check_shapes(path, state["shapes"], shapes(model))
        for step in checkpoint_folder.steps(self.folder):
            if step > int(path.name):
                checkpoint_folder.set_aside(checkpoint_folder.path_of(self.folder, step))
        model.load_weights(path / checkpoint_folder.MODEL)
        self._restored = path, state
        return model.steps_done

    def request_stop(self):
        """Asks for a checkpoint at the end of the current step, and `Interrupted` after it."""
        self._stop = True

    def on_epoch_begin(self, epoch, logs=None):
        """Puts back what Keras reset when training began."""
        self._epoch, self._epoch_start = epoch, self.model.steps_done
        if self._restored is None:
            return
        path, state = self._restored
        self._restored = None
        for key, callback in self._keyed():
            if key in state["callbacks"]:
                set_state(callback, state["callbacks"][key])
        if state["step_in_epoch"]:
            self._epoch_start -= state["step_in_epoch"]
            arrays = checkpoint_folder.read_metrics(path)
            for variable, array in zip(self.model.metrics_variables, arrays, strict=True):
                parts = replica_parts(self.model, variable)
                if len(parts) == len(array):
                    for part, value in zip(parts, array, strict=True):
                        part.assign(value)
                else:  # other devices than then: exact to rounding
                    variable.assign(array.sum(axis=0))

    def on_train_batch_end(self, batch, logs=None):
        """Saves in the middle of an epoch, if it is time or was asked for."""
        step = self.model.steps_done - self._epoch_start
        if step >= (self.params.get("steps") or math.inf):
            return  # the epoch's end is about to save, with its row of the history
        if self._is_due():
            self.save(step_in_epoch=step)
            self._stop_if_asked()

    def on_epoch_end(self, epoch, logs=None):
        """Saves, if epochs are what counts, it is time, or the score is the best so far."""
        score = None
        if callable(self.monitor):
            score = self.monitor(logs)
        elif self.monitor in (logs or {}):
            score = float(logs[self.monitor])
        elif self.monitor is not None and self.best_step() is None:  # a score may skip epochs
            raise ValueError(
                f"`monitor` '{self.monitor}' was not logged. Logged: {', '.join(logs or {})}."
            )
        self._epoch = epoch + 1
        if self.every_epoch or self._is_due() or self._is_best(score):
            self.save(score=score)
        self._stop_if_asked()

    def on_train_end(self, logs=None):
        """Saves what came after the last checkpoint."""
        if self._saved_step != self.model.steps_done:
            self.save()

    def save(self, *, step_in_epoch=0, score=None):
        """Writes a checkpoint of this moment, then removes those that need not stay.

        Raises:
            NonFiniteError: a weight is not finite; nothing is written.
            WriteError: it could not be written; the checkpoints before it are untouched.
        """
        check_weights(self.model)
        start, step = time.monotonic(), self.model.steps_done
        checkpoint_folder.write(
            self.folder,
            step,
            self.model.save,
            [
                np.stack([part.numpy() for part in replica_parts(self.model, variable)])
                for variable in self.model.metrics_variables
            ],
            {
                "step": step,
                "epoch": self._epoch,
                "step_in_epoch": step_in_epoch,
                "score": score,
                "run": self.identity,
                "shapes": shapes(self.model),
                "callbacks": {key: get_state(callback) for key, callback in self._keyed()},
            },
        )
        checkpoint_folder.prune(self.folder, self.keep, self.best_step())
        self._saved_step, self._saved_at = step, time.monotonic()
        self._save_seconds = self._saved_at - start

    def best_step(self):
        """Step of the checkpoint with the best score; None without any."""
        return checkpoint_folder.best_step(self.folder, self.mode)

    def _is_best(self, score):
        if score is None or not math.isfinite(score):
            return False
        scores = checkpoint_folder.scores(self.folder).values()
        return not scores or checkpoint_folder.BEST[self.mode]([score, *scores]) not in scores

    def _keyed(self):
        return [(f"{i}-{type(item).__name__}", item) for i, item in enumerate(self.callbacks)]

    def _is_due(self):
        if self._stop and workers.count() == 1:
            return True  # several workers stop at the next save that all of them reach
        if self.every_num_steps and self.model.steps_done % self.every_num_steps == 0:
            return True
        if not self.every_seconds:
            return False
        pause = max(self.every_seconds, 100 * self._save_seconds)
        return time.monotonic() - self._saved_at >= pause

    def _stop_if_asked(self):
        if agreement.somebody(self._stop, self.model.distribute_strategy):
            raise Interrupted(f"Stopped after step {self.model.steps_done}.")


def replica_parts(model, variable):
    """A metric's variable on each replica here: under a strategy, each counts what it has seen."""
    return model.distribute_strategy.experimental_local_results(variable.value)


def shapes(model):
    """Pairs of name and shape, one for each weight of the model."""
    networks = {id(weight): network.name for network in model.layers for weight in network.weights}
    return [
        [f"{networks.get(id(weight), model.name)}/{weight.path}", list(weight.shape)]
        for weight in model.weights
    ]


def check_shapes(path, saved, own):
    """Raises ValueError, with the weight and both shapes, unless a checkpoint fits a model."""
    for (_, saved_shape), (name, shape) in zip(saved, own, strict=False):
        if saved_shape != shape:
            raise ValueError(
                f"Checkpoint '{path}' is of other networks: '{name}' has shape {tuple(shape)} in "
                f"this model, but {tuple(saved_shape)} there. Build the model as it was."
            )
    if len(saved) != len(own):
        raise ValueError(
            f"Checkpoint '{path}' is of other networks: it has {len(saved)} weights, this model "
            f"{len(own)}. Build the model as it was."
        )


def get_state(callback):
    """What a checkpoint keeps of a callback; a dict that JSON can hold."""
    if hasattr(callback, "get_state"):
        return callback.get_state()
    return {
        name: value.item() if hasattr(value, "item") else value
        for name, value in vars(callback).items()
        if not name.startswith("_") and _is_number(value)
    }


def set_state(callback, state):
    """Puts back what `get_state` returned."""
    if hasattr(callback, "set_state"):
        callback.set_state(state)
        return
    for name, value in state.items():
        setattr(callback, name, value)


def _is_number(value):
    return isinstance(value, (bool, int, float)) or getattr(value, "shape", None) == ()
