"""Training for so many CPU seconds, scored on the way at the cost of none of them."""

import time

import keras


class Budget(keras.callbacks.Callback):
    """Stops training when its CPU seconds, of all threads, are spent; measures at even shares.

    Tracing the step counts; measuring does not.

    Args:
        seconds: CPU seconds of training.
        measure: function without arguments, to a dict of scores.
        num_measurements: how often, the last one at the end.

    Attributes:
        rows: a dict for each measurement: `cpu_seconds`, `steps`, and the scores.
    """

    def __init__(self, seconds, measure, num_measurements=10):
        super().__init__()
        self.seconds = seconds
        self.measure = measure
        self.num_measurements = num_measurements
        self.rows = []
        self.steps = 0

    def on_train_begin(self, logs=None):
        """Starts the clock."""
        self._start = time.process_time()

    def on_train_batch_end(self, batch, logs=None):
        """Measures if a share of the budget is spent, and stops at the whole."""
        self.steps += 1
        spent = time.process_time() - self._start
        if spent < self.seconds * (len(self.rows) + 1) / self.num_measurements:
            return
        row = {"cpu_seconds": round(spent, 2), "steps": self.steps, **self.measure()}
        self.rows.append(row)
        self._start = time.process_time() - spent
        # A step that is longer than a share passes several at once.
        if len(self.rows) == self.num_measurements or spent >= self.seconds:
            self.model.stop_training = True
