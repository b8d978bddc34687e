"""What `gan-keras evaluate` does: samples of a run or of files, their scores, and a picture."""

import contextlib
from pathlib import Path

import numpy as np
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from gan_keras import data, images, metrics, runs, sampling
from gan_keras.callbacks.quality import default_extractor, samples_of
from gan_keras.metrics import features, nearest_picture, stream
from gan_keras.metrics import score as score_file
from gan_keras.metrics.evaluate import chosen, real_statistics, same_shape
from gan_keras.metrics.neighbours import nearest

PAIRS = 20  # in the picture
BETTER = {
    "inception_score": "higher",
    "precision": "higher",
    "recall": "higher",
    "density": "higher",
    "coverage": "higher",
    "ms_ssim": "as of real ones",
    "ms_ssim_real": "",
    "memorization": "0.5",
}


class Evaluation:
    """Samples and the real data that they are scored against.

    Args:
        samples: a run folder, a folder of images, an .npz or .npy file, or the name of a data set.
        against: real data, see `data.source`. Defaults to what the run was trained on.
        split: of the real data. Defaults to "train".
        image_size: pixels of a side that images of files are brought to. Defaults to None; real
            data for a run are brought to the size of its samples.
        extractor: see `metrics.evaluate`. Defaults to "classifier" for images with labels, else
            "pixels".

    Attributes:
        run: the `runs.Run`, or None.
        real: the `data.Source` of real data.

    Raises:
        ValueError: something is not there, or there is nothing to score against.
    """

    def __init__(self, samples, *, against=None, split="train", image_size=None, extractor=None):
        self.run = runs.Run(samples) if (Path(samples) / "config.json").is_file() else None
        self.split = split
        if self.run is None:
            if against is None:
                raise ValueError(f"'{samples}' is no run folder: say --against which real data.")
            self.model = None
            self.real = data.source(against, split=split, image_size=image_size)
            self.fake = data.source(samples, image_size=image_size)
            same_shape("fake", self.fake.sample_shape, self.real.sample_shape)
        else:
            settings = self.run.read_config()["settings"]
            self.model = sampling.load(self.run)
            against = settings["data"] if against is None else against
            if against == settings["data"]:
                arguments = {**settings["data_arguments"], "split": split}
            else:
                arguments = {"split": split, **as_large_as(self.model)}
            self.real = data.source(against, **arguments)
            same_shape("run's", self.model.image_shape, self.real.sample_shape)
        self.extractor = features.get(extractor or default_extractor(self.real), source=self.real)
        self.first = None  # samples, for the picture

    def scores(self, names, *, num, seed=0, held_out=None, progress=None):
        """A list of `metrics.Score`; see `metrics.evaluate`."""
        if held_out is not None:
            height_width_channels = self.real.sample_shape
            arguments = {}
            if self.real.is_images:
                *size, channels = height_width_channels
                arguments = {"image_size": tuple(size), "channels": channels}
            held_out = data.source(held_out, **arguments)
        return metrics.evaluate(
            self._remembered(seed),
            self.real,
            metrics=names,
            extractor=self.extractor,
            num=num,
            held_out=held_out,
            seed=seed,
            split=self.split,
            progress=progress,
        )

    def draw(self, path, names, *, num, seed=0, progress=None):
        """Writes a picture of the first samples, each above the real image nearest in features."""
        wants = {need for metric in chosen(names) for need in metric.needs} | {"features"}
        real, _ = real_statistics(
            self.real, self.extractor, num, wants, seed, self.split, None, None, progress
        )
        ours, _ = self.extractor(self.first)
        indices, _ = nearest(ours, real.features)
        neighbours = picked(stream.samples(self.real, num, seed=seed), indices)
        path.parent.mkdir(parents=True, exist_ok=True)
        images.save_png(path, nearest_picture(self.first, neighbours, num=len(self.first)))

    def write(self, path, scores):
        """Adds scores to a file of JSON lines."""
        path.parent.mkdir(parents=True, exist_ok=True)
        score_file.write(path, scores)

    def _remembered(self, seed):
        """A function from `num` to batches, the first samples of which are kept."""
        batches = None
        if self.model is not None:
            batches = samples_of(self.model, labels=self.real.labels, seed=seed)

        def stream_of(num):
            found = batches(num) if batches else stream.samples(self.fake, num, seed=seed)
            for batch in found:
                if self.first is None:
                    self.first = np.array(batch[:PAIRS])
                yield batch

        return stream_of


def as_large_as(model):
    """Arguments of `data.source` that bring images to the size of a model's samples."""
    if len(model.image_shape) != 3:
        return {}
    *size, channels = model.image_shape
    return {"image_size": tuple(size), "channels": channels}


def picked(batches, indices):
    """The samples at some places of a stream, in the order of `indices`."""
    found, start = {}, 0
    for batch in batches:
        for index in indices:
            if start <= index < start + len(batch):
                found[int(index)] = np.array(batch[index - start])
        start += len(batch)
    return np.stack([found[int(index)] for index in indices])


@contextlib.contextmanager
def bar(console):
    """A function (what, done, num) that shows a progress bar, where there is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    columns += (TimeRemainingColumn(), TextColumn("left"))
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        tasks = {}

        def show(what, done, num):
            if what not in tasks:
                tasks[what] = progress.add_task(f"{what} samples", total=num)
            progress.update(tasks[what], completed=done)

        yield show


def table(scores):
    """A table of scores, and below it all that they have in common."""
    rows = Table(title_justify="left", caption_justify="left", caption_style="")
    for name in ("score", "value", "±", "better"):
        rows.add_column(name, justify="right" if name in ("value", "±") else "left", no_wrap=True)
    for score in scores:
        std = "" if score.std is None else f"{score.std:.2g}"
        better = BETTER.get(score.metric, "lower")
        rows.add_row(score.metric, f"{score.value:.5g}", std, better)
    last = scores[-1]
    rows.caption = (
        f"extractor {last.extractor}, resize {last.resize}\n"
        f"{last.num_fake} samples, {last.num_real} real\n"
        f"data {last.data}\nseed {last.seed}, gan_keras {last.version}"
    )
    return rows
