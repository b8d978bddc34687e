"""The numbers of every epoch in one CSV file, exact over a resume."""

import csv
import io

import keras

from gan_keras import files


class HistoryFile(keras.callbacks.Callback):
    """Writes what is logged at each epoch's end to a CSV file, as Keras's `CSVLogger` does.

    Unlike it, the file is written anew each time, whole or not at all; its rows travel in the
    checkpoint, so that a run that was killed and resumed ends with the file of one that was not;
    and a number that is first logged in a later epoch (a score every tenth) gets its column.

    Args:
        path: the CSV file. Columns: "epoch", counted from 0, then the logs.
    """

    def __init__(self, path):
        super().__init__()
        self.path = path
        self.rows = []

    def get_state(self):
        """The rows so far, for a checkpoint."""
        return {"rows": self.rows}

    def set_state(self, state):
        """Goes back to the rows of a checkpoint."""
        self.rows = state["rows"]
        self._write()

    def on_epoch_end(self, epoch, logs=None):
        """Adds the epoch's row; it replaces rows of an earlier try at this epoch."""
        row = {"epoch": epoch, **{name: _plain(value) for name, value in (logs or {}).items()}}
        self.rows = [old for old in self.rows if old["epoch"] < epoch] + [row]
        self._write()

    def _write(self):
        columns = dict.fromkeys(name for row in self.rows for name in row)  # ordered, each once
        text = io.StringIO()
        writer = csv.DictWriter(text, list(columns) or ["epoch"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.rows)
        files.write_text(self.path, text.getvalue())


def _plain(value):
    try:
        return float(value)
    except (TypeError, ValueError):
        return str(value)
