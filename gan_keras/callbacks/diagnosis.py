"""A look at the patient every now and then, and plain words when something is wrong."""

import json
import time
import warnings

import keras
import tensorflow as tf

from gan_keras import data, files
from gan_keras import diagnosis as detectors
from gan_keras.diagnosis.probe import Probe
from gan_keras.metrics import features

FIRST_LOOK_STEPS, FIRST_LOOK_SECONDS = 10, 0.5  # the larger is what it is taken to cost
SCORES = (  # what names of scores begin with; of most extractors the first two are the last two
    *("fid", "kid", "sliced_wasserstein", "inception_score", "precision", "coverage"),
    *("frechet", "kernel"),
)


class Diagnosis(keras.callbacks.Callback):
    """Watches for what goes wrong in adversarial training, and says it in a warning.

    Looked for: mode collapse, vanishing generator gradients, a discriminator that has won or that
    has memorised its training samples, oscillation, numbers on their way to NaN; and, if scores are
    logged by `Quality` (list it before), their plateau or decline. See docs/diagnosis.md.

    Every so many steps it plays the game on one fixed batch, without a trace in the model. It does
    so only as often as its share of the time allows. The numbers go to a file of JSON lines, which
    `gan-keras diagnose` reads, and to TensorBoard.

    ```python
    diagnosis = Diagnosis("fashion_mnist_10k", log_folder="logs/diagnosis")
    gan.fit(dataset, epochs=20, callbacks=[diagnosis])
    ```

    Args:
        real: the training data: what `gan_keras.data.source` takes.
        held_out: as `real`, samples that were never trained on; without them nobody can tell
            whether the discriminator memorises. Defaults to None.
        extractor: name or `Extractor` of the features whose diversity is measured. Defaults to the
            shipped classifier for Fashion-MNIST, pixels for all else.
        num: samples of each kind in one look, rounded down to a multiple of the model's `packing`.
            Defaults to 64.
        every_num_steps: look at most every so many steps. Defaults to 50.
        budget: share of the time that looks may take. Defaults to 0.02; None for no limit.
        seed: of samples and latents. Defaults to 0.
        path: the file of JSON lines. Defaults to None.
        log_folder: folder of TensorBoard scalars. Defaults to None.

    Attributes:
        records: list of dicts, one for each look, and one for each epoch with scores.
        findings: list of `diagnosis.Finding`: what is wrong now.

    Raises:
        ValueError: an argument out of range.
    """

    def __init__(
        self,
        real,
        *,
        held_out=None,
        extractor=None,
        num=64,
        every_num_steps=50,
        budget=0.02,
        seed=0,
        path=None,
        log_folder=None,
    ):
        super().__init__()
        if num < 8 or every_num_steps < 1:
            raise ValueError(
                f"`num` (={num}) must be at least 8 and `every_num_steps` (={every_num_steps}) at "
                "least 1."
            )
        if budget is not None and not 0 < budget <= 1:
            raise ValueError(f"`budget` is a share in (0, 1], or None. Received: {budget}")
        self.real = data.source(real)
        self.held_out = None if held_out is None else data.source(held_out)
        self.extractor = extractor or cheap_extractor(self.real)
        self.num = num
        self.every_num_steps = every_num_steps
        self.budget = budget
        self.seed = seed
        self.path = path
        self.log_folder = log_folder
        self.records = []
        self.findings = []
        self.seconds = 0.0  # spent on looks since training began
        self._last_seconds = 0.0
        self._next_step = None
        self._probe = None
        self._writer = None

    def get_state(self):
        """The records so far, for a checkpoint."""
        return {"records": self.records, "next_step": self._next_step}

    def set_state(self, state):
        """Goes back to the records of a checkpoint."""
        self.records, self._next_step = state["records"], state["next_step"]
        self._write()
        self._say(announce=False)

    def on_train_begin(self, logs=None):
        """Starts the clock."""
        self._began, self.seconds, self._last_seconds = time.perf_counter(), 0.0, 0.0
        self._first_step = self.model.steps_done
        self._next_step = self._first_step + self.every_num_steps
        self._write()

    def on_train_batch_end(self, batch, logs=None):
        """Looks, if it is time and the budget allows it."""
        step = self.model.steps_done
        if step < self._next_step:
            return
        self._next_step = step - step % self.every_num_steps + self.every_num_steps
        if self._can_afford():
            self.look()

    def on_epoch_end(self, epoch, logs=None):
        """Notes the scores of the epoch, and writes."""
        scores = scores_in(logs or {})
        if scores:
            self.records = [r for r in self.records if r.get("epoch", -1) < epoch]
            step = self.model.steps_done
            self.records.append({"step": step, "epoch": epoch, "scores": scores})
            self._say()
        self._write()

    def on_train_end(self, logs=None):
        """Writes."""
        self._write()

    def look(self):
        """Measures now, whatever the budget; returns the record."""
        if self._probe is None:
            began = time.perf_counter()
            self._probe = probe(
                self.real,
                self.extractor,
                model=self.model,
                held_out=self.held_out,
                num=self.num,
                seed=self.seed,
            )
            self.seconds += time.perf_counter() - began
        began = time.perf_counter()
        record = self._probe.measure(self.model)
        self.records.append(record)
        self._summarize(record)
        self._say()
        self._last_seconds = time.perf_counter() - began
        self.seconds += self._last_seconds
        return record

    def _can_afford(self):
        if self.budget is None:
            return True
        passed = time.perf_counter() - self._began
        cost = self._last_seconds
        if not cost:
            steps = self.model.steps_done - self._first_step
            cost = max(FIRST_LOOK_SECONDS, FIRST_LOOK_STEPS * passed / steps)
        return self.seconds + cost <= self.budget * passed

    def _say(self, announce=True):
        """Finds what is wrong, and warns of what was not wrong before."""
        known = {finding.name for finding in self.findings}
        self.findings = detectors.findings(self.records)
        for finding in self.findings:
            if announce and finding.name not in known:
                warnings.warn(f"Step {self.model.steps_done}: {finding}", stacklevel=2)

    def _summarize(self, record):
        if self.log_folder is None:
            return
        if self._writer is None:
            self._writer = tf.summary.create_file_writer(str(self.log_folder))
        with self._writer.as_default():
            for name, value in record.items():
                if isinstance(value, float):
                    tf.summary.scalar(f"diagnosis/{name}", value, step=record["step"])
        self._writer.flush()

    def _write(self):
        if self.path is not None:
            files.write_text(self.path, "".join(f"{json.dumps(r)}\n" for r in self.records))


def probe(source, extractor, *, model, num, **arguments):
    """A `Probe` with an extractor that may be a name, and as many samples as `model` can pack."""
    packing = getattr(model, "packing", 1)
    num = max(num // packing, 1) * packing
    return Probe(source, features.get(extractor, source=source), num=num, **arguments)


def cheap_extractor(source):
    """The shipped classifier where the data are its own, else "pixels": nothing is trained."""
    return source.extractor or "pixels"


def held_out_split(name, **arguments):
    """The test split of the data, a `data.Source`, or None where there is none.

    Args:
        name, arguments: of `data.source`.
    """
    try:
        return data.source(name, **{**arguments, "split": "test"})
    except ValueError:
        return None


def scores_in(row):
    """The scores among logs, or in a row of a history, that a plateau can be looked for in."""
    return {
        name: float(value)
        for start in SCORES
        for name, value in row.items()
        if name.startswith(start) and not name.endswith("_std") and value not in (None, "")
    }
