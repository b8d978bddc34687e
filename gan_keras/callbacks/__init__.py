"""What happens beside training: pictures, checkpoints, exports, and stops.

checkpoint               everything that a run needs to go on exactly
sample_grid              the same latents, drawn while the generator learns
generator_export         the averaged generator alone
history_file             the numbers of every epoch, as CSV
terminate_on_non_finite  no run goes on after a NaN
progress_bar             losses and the time left
scalars                  losses and learning rates for TensorBoard
quality                  scores in the logs
diagnosis                what goes wrong, in plain words
one_run                  several calls of `fit` as one run
"""

from gan_keras.callbacks.checkpoint import Checkpoint, Interrupted
from gan_keras.callbacks.diagnosis import Diagnosis
from gan_keras.callbacks.generator_export import GeneratorExport
from gan_keras.callbacks.history_file import HistoryFile
from gan_keras.callbacks.keep_best import KeepBest
from gan_keras.callbacks.one_run import OneRun
from gan_keras.callbacks.progress_bar import ProgressBar
from gan_keras.callbacks.quality import Quality
from gan_keras.callbacks.sample_grid import SampleGrid
from gan_keras.callbacks.scalars import Scalars
from gan_keras.callbacks.terminate_on_non_finite import NonFiniteError, TerminateOnNonFinite

__all__ = [
    "Checkpoint",
    "Diagnosis",
    "GeneratorExport",
    "HistoryFile",
    "Interrupted",
    "KeepBest",
    "NonFiniteError",
    "OneRun",
    "ProgressBar",
    "Quality",
    "SampleGrid",
    "Scalars",
    "TerminateOnNonFinite",
]
