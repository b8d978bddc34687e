"""Several calls of `fit` that are one run to its callbacks."""

import keras


class OneRun(keras.callbacks.CallbackList):
    """A callback list that tells its callbacks once that training begins and once that it ends.

    A run that goes on in the middle of an epoch first trains the rest of it by a `fit` of its own.
    Callbacks such as `ReduceLROnPlateau` forget what they know whenever training begins.

    Args:
        callbacks: list of callbacks.
        model: the model.
        **params: "epochs" and "steps", for the callbacks.
    """

    def __init__(self, callbacks, *, model, **params):
        super().__init__(callbacks, add_history=True, model=model, **params)
        self._begun = False
        self._last_logs = None

    def on_train_begin(self, logs=None):
        """Tells the callbacks, the first time."""
        if not self._begun:
            self._begun = True
            super().on_train_begin(logs)

    def on_train_end(self, logs=None):
        """Waits for `finish`."""
        self._last_logs = logs

    def finish(self):
        """Tells the callbacks that training has ended, if it had begun."""
        if self._begun:
            super().on_train_end(self._last_logs)
