"""Stops a run at its first NaN or infinity, before anything that was good is written over."""

import math

import keras
import numpy as np


class NonFiniteError(FloatingPointError):
    """Training made a NaN or an infinity: which, and at which step."""


class TerminateOnNonFinite(keras.callbacks.Callback):
    """Stops training when a logged number or a weight is not finite, and says which and when.

    Numbers are looked at in every step, and weights, which take longer, at the end of an epoch:
    the moving statistics of batch norm, which no loss of training shows, and what the last step
    did.

    Keras's `TerminateOnNaN` looks at a log called "loss", which a GAN has not, and lets the epoch
    end as if nothing had been, so that the callbacks after it save the broken weights. This one
    raises: list it first, and no other callback sees the bad state.

    ```python
    gan.fit(dataset, callbacks=[TerminateOnNonFinite(), Checkpoint("run/checkpoints")])
    ```

    Raises:
        NonFiniteError: from `fit`, at the step that logged it or the end of the epoch.
    """

    def on_train_batch_end(self, batch, logs=None):
        """Looks at the losses of the step."""
        self._check(logs)

    def on_epoch_end(self, epoch, logs=None):
        """Looks at what was logged for the epoch, validation scores too, and at the weights."""
        self._check(logs)
        check_weights(self.model)

    def _check(self, logs):
        bad = {name: value for name, value in (logs or {}).items() if not is_finite(value)}
        if bad:
            terms = ", ".join(f"`{name}` is {float(value)}" for name, value in bad.items())
            raise NonFiniteError(
                f"{terms} at step {self.model.steps_done}. Training stopped there; the checkpoints "
                "before it are good. Try lower learning rates, or a heavier penalty."
            )


def is_finite(value):
    """Whether a logged number is finite; what is no number counts as finite."""
    try:
        return math.isfinite(value)
    except TypeError:
        return True


def check_weights(model):
    """Raises NonFiniteError if a weight is not finite: the losses may not show it yet."""
    for variable in model.weights:
        if not np.isfinite(np.asarray(keras.ops.convert_to_numpy(variable), "float64")).all():
            raise NonFiniteError(
                f"The weight '{variable.path}' is not finite after step {model.steps_done}. "
                "Training stopped there; the checkpoints before it are good. "
                "Try lower learning rates, or a heavier penalty."
            )
