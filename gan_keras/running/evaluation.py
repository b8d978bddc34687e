"""What `gan-keras evaluate` does: samples of a run or of files, their scores, and a picture."""

import dataclasses
import math
from pathlib import Path

import numpy as np
from rich.table import Table

from gan_keras import data, images, kinds, metrics
from gan_keras.data import held_out as held_out_data
from gan_keras.data import official_files, sounds
from gan_keras.data.lazy_folder import LazyFolder
from gan_keras.metrics import features, nearest_picture, refusals, statistics, stream
from gan_keras.metrics import score as score_file
from gan_keras.metrics.evaluate import chosen
from gan_keras.metrics.neighbours import nearest_neighbours
from gan_keras.metrics.real_statistics import real_statistics
from gan_keras.metrics.statistics import FROM_EXTRACTOR
from gan_keras.metrics.table import better
from gan_keras.models import TranslationModel
from gan_keras.running import pair_scores, runs, sampling, score_names

PAIRS = 20  # in the picture
USUAL = ("fid", "kid", "prdc")
WITH_FLOOR = ("fid", "kid")
MANY_PIXELS = 4096  # whose covariance takes 134 MB, a few times over


class Evaluation:
    """Samples and the real data that they are scored against.

    Args:
        samples: a run folder, a folder of images, an .npz or .npy file, or the name of a data set.
        against: real data, see `data.source`. Defaults to what the run was trained on; a
            translator's are pairs, or what its corruption makes its inputs of.
        split: of the real data. Defaults to None: "train"; for a translator what was held out, if
            there is such.
        image_size: pixels of a side that images of files are brought to. Defaults to None; real
            data for a run are brought to the size of its samples.
        extractor: see `metrics.evaluate`. Defaults to "classifier" for images with labels, else
            "pixels".
        direction: of a translator, "forward" (the default) or "backward".
        beside: folders of other translators' runs, which are scored on the same data, e.g. of one
            that was trained on L1 alone. Defaults to none.

    Attributes:
        run: the `runs.Run`, or None.
        real: the `data.Source` of real data.
        pairs: the `pair_scores.PairScores` of a translator; of all else None.

    Raises:
        ValueError: something is not there, or there is nothing to score against.
    """

    def __init__(
        self,
        samples,
        *,
        against=None,
        split=None,
        image_size=None,
        extractor=None,
        direction="forward",
        beside=(),
    ):
        self.run = runs.Run(samples) if (Path(samples) / "config.json").is_file() else None
        self.split = split or "train"
        self.pairs, self.beside = None, {}
        if self.run is None:
            if against is None:
                raise ValueError(f"'{samples}' is no run folder: say --against which real data.")
            self.model = None
            arguments = {"image_size": image_size}
            self.fake = opened(samples, **arguments)
            shape = self.fake.sample_shape
        elif image_size is not None:
            raise ValueError(
                "`image_size`, or --image-size, is for files. The samples of a run have its size, "
                "and real data are brought to it."
            )
        else:
            settings = self.run.read_config()["settings"]
            self.model = sampling.load(self.run)
            if isinstance(self.model, TranslationModel):
                self._open_pairs(settings, against, split, direction, beside)
                self.extractor = extractor or features.default(self.real)
                return
            shape = self.model.sample_shape
            if against is None or against == settings["data"]:
                against, arguments = settings["data"], settings["data_arguments"]
            else:
                arguments = as_large_as(self.model.kind, shape)
        self.against, self.arguments = against, arguments
        if beside:
            raise ValueError("--beside compares translators' runs. Leave it out.")
        if direction != "forward":
            raise ValueError("Only a CycleGAN has two directions. Leave --direction out.")
        self.real = opened(against, **{**arguments, "split": self.split})
        sources = [self.fake, self.real] if self.run is None else []
        images = [source for source in sources if source.is_images]
        if {source.sample_shape[-1] for source in images} == {1, 3}:
            arguments = self.arguments = {**arguments, "channels": 3}  # grey shown in colour
            self.fake = opened(samples, **arguments)
            self.real = opened(against, **{**arguments, "split": self.split})
            shape = self.fake.sample_shape
        refusals.same_shape("fake" if self.run is None else "run's", shape, self.real.sample_shape)
        self.extractor = extractor or features.default(self.real)
        self.first = None  # samples, for the picture

    def _open_pairs(self, settings, against, split, direction, beside):
        """A translator's data, and the others that are scored on them."""
        if against is not None:
            settings = {**settings, "data": against}
        source, self.split = pair_scores.opened(settings, split)
        self.pairs = pair_scores.PairScores(self.model, source, self.split, direction=direction)
        self.against, self.arguments = settings["data"], settings["data_arguments"]
        self.real, self.first = self.pairs.real(), None
        for folder in beside:
            model = sampling.load(runs.Run(folder))
            if not isinstance(model, TranslationModel):
                raise ValueError(f"'{folder}' is no translator's run. Leave it out of --beside.")
            other = pair_scores.PairScores(model, source, self.split, direction=direction)
            self.beside[Path(folder).name] = other

    def usual(self):
        """Names of the scores to take where none are asked for."""
        return (self.pairs and self.pairs.usual()) or list(USUAL)

    def about(self, num):
        """A line on what a translator is scored on, asked for `num`."""
        name, num = self.pairs.source.name, min(num, self.pairs.num)
        if self.split == "test":
            return f"Scored on {num} held-out inputs of '{name}'."
        return (
            f"Scored on {num} inputs of '{name}' that it may have been trained on, which flatters "
            "it. --split test takes what was held out, if there is such."
        )

    def possible(self, names, *, num):
        """Two lists: the metrics that there are samples enough for, and the others.

        Args:
            names: of metrics.
            num: as of `scores`.
        """
        fewest = min(self._sizes(num))
        features, _ = score_names.parted(names)
        wanted = chosen(features) if features else {}
        others = [name for name, metric in wanted.items() if metric.at_least > fewest]
        if "fid" in wanted and self._is_singular(fewest):
            others.append("fid")
        if len(others) == len(names):
            raise ValueError(
                f"{fewest} samples are too few for any of the usual scores: {', '.join(names)}. "
                "Score more, or name others: --metrics."
            )
        return [name for name in names if name not in others], others

    def _is_singular(self, num):
        """Whether a covariance of so many large images says nothing, and costs gigabytes."""
        num_pixels = math.prod(self.real.sample_shape)
        return self.extractor == "pixels" and num <= num_pixels > MANY_PIXELS

    def scores(self, names, *, num, seed=0, held_out=None, progress=None):
        """A list of `metrics.Score`; see `metrics.evaluate`.

        Args:
            names: of metrics.
            num, seed, progress: as there.
            held_out: a name or path, see `data.held_out.named`. Defaults to the test split that
                belongs to the real data, if a metric needs one.
        """
        names, of_pairs = score_names.parted(names)
        if of_pairs and self.pairs is None:
            raise ValueError(
                f"'{of_pairs[0]}' compares each sample with the one it should have been, which "
                "only a translator's run knows. Leave it out."
            )
        found = []
        if of_pairs:
            self.pairs.check(of_pairs)
        if names:
            found = self._of_features(
                names, num=num, seed=seed, held_out=held_out, progress=progress
            )
        if of_pairs:
            found += self.pairs.scores(
                of_pairs, num=num, seed=seed, beside=self.beside, progress=progress
            )
        return found

    def _of_features(self, names, *, num, seed, held_out, progress):
        """Scores of samples without partners, and of a translator what real data reach."""
        if not isinstance(self.real.kind, (kinds.Images, kinds.Vectors)):
            raise ValueError(f"'{names[0]}' takes images. Score the other direction.")
        wanted = chosen(names)
        refusals.check_numbers(wanted, *self._sizes(num))
        refusals.check_images(wanted, self.real.sample_shape)
        wants_held_out = any(metric.held_out for metric in wanted.values())
        held_out = self.held_out(held_out) if wants_held_out else None
        refusals.check_labels(
            wanted,
            {
                "real": self.real.labels is not None,
                "fake": (self.model or self.fake).num_classes is not None,
                "held-out": held_out is not None and held_out.labels is not None,
            },
        )
        if {need for metric in wanted.values() for need in metric.needs} & FROM_EXTRACTOR:
            self.extractor = features.get(self.extractor, source=self.real)  # trained perhaps
        found = []
        fakes = {"": self._remembered(seed)}
        for name, other in self.beside.items():
            fakes[f"@{name}"] = lambda num, other=other: other.fakes(num, seed)
        for suffix, fake in fakes.items():
            scores = metrics.evaluate(
                fake,
                self.real,
                metrics=names,
                extractor=self.extractor,
                num=num,
                held_out=held_out,
                seed=seed,
                split=self.split,
                progress=progress,
            )
            found += [dataclasses.replace(score, metric=score.metric + suffix) for score in scores]
        against_real = [name for name in names if name in WITH_FLOOR]
        if self.pairs is not None and against_real:
            found += self.pairs.floor(against_real, extractor=self.extractor, num=num, seed=seed)
        return found

    def draw(self, path, names, *, num, seed=0, mark=None, progress=None):
        """Writes a picture: the first samples, each above the real image nearest in features.

        Of a translator: rows of input, translation and what was wanted. `mark` is a `marks.Mark` of
        who made them, or None.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        if self.pairs is not None:
            images.save_png(path, self.pairs.picture(seed), mark=mark)
            return
        wants = {need for metric in chosen(names).values() for need in metric.needs}
        self.extractor = features.get(self.extractor, source=self.real)
        real = real_statistics(
            statistics.opened(self.real, self.extractor, num, seed=seed, what="real"),
            self.extractor,
            fingerprint=self.real.fingerprint,
            wants=wants - {"all_images"} | {"features"},
            seed=seed,
            split=self.split,
            progress=progress,
        )
        ours, _ = self.extractor(self.first)
        indices, _ = nearest_neighbours(ours, real.features)
        neighbours = picked(stream.samples(self.real, num, seed=seed), indices)
        picture = nearest_picture(self.first, neighbours, num=len(self.first))
        images.save_png(path, picture, mark=mark)

    def write(self, path, scores):
        """Adds scores to a file of JSON lines."""
        path.parent.mkdir(parents=True, exist_ok=True)
        score_file.write(path, scores)

    def _sizes(self, num):
        """How many real and how many generated samples there will be, asked for `num`."""
        num_fake = num if self.model is not None else refusals.size(self.fake, num)
        if self.pairs is not None:
            num_fake = min(num, self.pairs.num)
        return refusals.size(self.real, num), num_fake

    def held_out(self, name=None):
        """The `data.Source` of held-out data.

        Args:
            name: as for `scores`; a source is taken as it is.

        Raises:
            ValueError: there is none.
        """
        if isinstance(name, data.Source):
            return name
        if name is None:
            return held_out_data.default(self.against, **self.arguments)
        return held_out_data.named(name, **as_large_as(self.real.kind, self.real.sample_shape))

    def _remembered(self, seed):
        """A function from `num` to batches, the first samples of which are kept."""
        batches = None
        if self.model is not None:
            batches = lambda num: self.model.fakes(num, seed=seed, real=self.real)  # noqa: E731
        if self.pairs is not None:
            batches = lambda num: self.pairs.fakes(num, seed)  # noqa: E731

        def stream_of(num):
            found = batches or (lambda num: stream.labelled(self.fake, num, seed=seed))
            for batch, labels in stream.labelled(found, num):
                if self.first is None:
                    self.first = np.array(batch[:PAIRS])
                yield batch, labels

        return stream_of


def opened(name, **arguments):
    """A `data.Source`; of a folder, one that leaves the images on disk until they are scored."""
    is_folder = name not in data.NAMES and Path(name).is_dir()
    published = is_folder and official_files.has_split(name, arguments.get("split", "train"))
    others = is_folder and (sounds.is_sounds(name) or "num_frames" in arguments)  # no images
    if is_folder and not published and not others and "on_bad_file" not in arguments:
        return LazyFolder(name, **arguments)
    return data.source(name, **arguments)


def as_large_as(kind, shape):
    """Arguments of `data.source` that bring images to a shape (h, w, c); none for other kinds."""
    if not isinstance(kind, kinds.Images):
        return {}
    *size, channels = shape
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


def table(scores):
    """A table of scores, and below it the protocol of each group that shares one."""
    rows = Table(title_justify="left", caption_justify="left", caption_style="")
    for name in ("score", "value", "±", "better"):
        rows.add_column(name, justify="right" if name in ("value", "±") else "left", no_wrap=True)
    for score in scores:
        std = "" if score.std is None else f"{score.std:.2g}"
        rows.add_row(score.metric, f"{score.value:.5g}", std, better(score.metric))
    groups = {}
    for score in scores:
        groups.setdefault(protocol(score), []).append(score.metric)
    captions = []
    for lines, names in groups.items():
        if len(groups) > 1:
            captions.append(f"{', '.join(names)}:")
        captions.append(lines)
    rows.caption = "\n".join(captions)
    return rows


def protocol(score):
    """What a score depends on, in lines to read."""
    return (
        f"extractor {score.extractor}, resize {score.resize}\n"
        f"{score.num_fake} samples, {score.num_real} real\n"
        f"data {score.data}\nseed {score.seed}, gan_keras {score.version}"
    )
