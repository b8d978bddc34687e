"""How far a run is, how it goes and how long it will still take."""

import math
import time

import keras
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from gan_keras import kinds

REFRESH_SECONDS = 0.25
MAX_LINES = 100  # of a run: few images make short epochs, and many of them


class ProgressBar(keras.callbacks.Callback):
    """A bar over the whole run with the time left, and one line for each epoch with its losses.

    A run of more than 100 epochs has a line for every second one, or every third, and so on.
    Where the output is no terminal there are only the lines. Give `verbose=0` to `fit`.

    Args:
        batch_size: images of one step, for the rate that the lines show.
        logs: names of the logs in the lines. Defaults to the losses and the logits.
        console: a `rich.console.Console`. Defaults to one on standard output.
        when_unread: function without arguments, called once when nobody reads the output any more
            (`gan-keras train | head -1`). Defaults to None: training goes on in silence.
    """

    def __init__(
        self,
        *,
        batch_size=None,
        logs=("d_loss", "g_loss", "real_logits", "fake_logits"),
        console=None,
        when_unread=None,
    ):
        super().__init__()
        self.batch_size = batch_size
        self.names = logs
        self.console = console or Console()
        self.when_unread = when_unread
        self._is_unread = False
        self._bar = None
        self._shown_at = 0.0
        self._epoch_began = (0, 0.0)  # step, time

    def on_train_begin(self, logs=None):
        """Shows the bar."""
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("steps"),
            TimeRemainingColumn(),
            TextColumn("left"),
            console=self.console,
            transient=True,
            auto_refresh=False,  # a thread of its own would take time from training
            disable=not self.console.is_terminal,
        )
        self._show(self._bar.start)
        steps = self.params.get("steps")
        total = steps * self.params["epochs"] if steps else None
        self._task = self._bar.add_task("", total=total, completed=self.model.steps_done)

    def on_epoch_begin(self, epoch, logs=None):
        """Starts the epoch's clock."""
        self._epoch_began = self.model.steps_done, time.monotonic()
        self._bar.update(self._task, description=self._title(epoch))

    def on_train_batch_end(self, batch, logs=None):
        """Moves the bar, a few times in a second."""
        now = time.monotonic()
        if self.console.is_terminal and now - self._shown_at > REFRESH_SECONDS:
            self._shown_at = now
            done = self.model.steps_done
            self._show(lambda: self._bar.update(self._task, completed=done, refresh=True))

    def on_epoch_end(self, epoch, logs=None):
        """Prints the epoch's line, if it has one."""
        every, last = math.ceil(self.params["epochs"] / MAX_LINES), self.params["epochs"] - 1
        if (epoch + 1) % every and epoch != last:
            return
        step, began = self._epoch_began
        values = [f"{name} {logs[name]:.3f}" for name in self.names if name in (logs or {})]
        if self.batch_size:
            rate = (self.model.steps_done - step) * self.batch_size / (time.monotonic() - began)
            kind = getattr(self.model, "kind", kinds.Kind)
            values.append(f"{rate:.0f} {kind.counted}/s")
        line = "  ".join([self._title(epoch), *values])
        self._show(lambda: self.console.print(line, highlight=False, soft_wrap=True))

    def on_train_end(self, logs=None):
        """Takes the bar away."""
        self.close()

    def close(self):
        """Takes the bar away; for a run that ended by an error."""
        if self._bar is not None:
            self._show(self._bar.stop)

    def _show(self, function):
        """Calls what writes, unless nobody reads, which must not cost a checkpoint."""
        if self._is_unread:
            return
        try:
            function()
        except (BrokenPipeError, SystemExit):  # Rich makes the latter of the former
            self._is_unread = True
            if self.when_unread is not None:
                self.when_unread()

    def _title(self, epoch):
        return f"epoch {epoch + 1}/{self.params['epochs']}"
