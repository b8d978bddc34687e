"""Scores of a translator's run: against what was wanted, and beside what nobody trained."""

import dataclasses

import numpy as np
from PIL import Image

from gan_keras import data, images, kinds, metrics
from gan_keras.corruptions import Chain, Downsample
from gan_keras.corruptions.mask import completed
from gan_keras.data.held_out import held_out_split
from gan_keras.metrics import perceptual
from gan_keras.metrics.ms_ssim import WINDOW
from gan_keras.metrics.table import NO_FEATURES
from gan_keras.models import CycleGAN
from gan_keras.running import score_names


def opened(settings, split=None):
    """The data that a translator's run is scored on.

    Args:
        settings: of the run.
        split: "train" or "test"; None (the default) for what was held out, where there is such.

    Returns:
        A `data.Source`, and the name of its split.
    """
    name, arguments = settings["data"], settings["data_arguments"]
    if split is None:
        found = held_out_split(name, **arguments)
        if found is not None:
            return found, "test"
        split = "train"
    return data.source(name, **{**arguments, "split": split}), split


class PairScores:
    """A translator's run, its data, and the scores that need both.

    Args:
        model: a `models.TranslationModel`.
        source: the `data.Source` to score on.
        split: its name.
        direction: "forward" or "backward". Defaults to "forward".

    Raises:
        ValueError: a direction that the model lacks.
    """

    def __init__(self, model, source, split, *, direction="forward"):
        if direction not in model.directions():
            raise ValueError(
                f"This run has no direction '{direction}', but {', '.join(model.directions())}."
            )
        self.model, self.source, self.split, self.direction = model, source, split, direction
        _, self.input_kind, self.kind = model.directions()[direction]
        corruption = model.corruption
        last = corruption.corruptions[-1] if isinstance(corruption, Chain) else corruption
        self.masks = last is not None and "mask" in last.roles
        self.scale = last.scale if isinstance(last, Downsample) else None
        self.has_truth = source.paired or corruption is not None

    @property
    def num(self):
        """How many translations there can be."""
        backward = self.direction == "backward"
        made = backward or self.model.corruption is not None
        return self.source.num_of("real" if made else "input")

    def usual(self):
        """Names of the scores that suit the run."""
        if not self.has_truth:
            return []
        side = min(self.real().sample_shape[:2])
        names = ["psnr"] + ["ssim"] * (side - 2 * (self.scale or 0) >= WINDOW)
        names.append("l1")
        if self.masks:
            names += ["psnr_hole", "l1_hole"]
        if self.scale:
            names += ["psnr_y"] * (self.kind.shape[-1] == 3) + ["low_resolution_psnr"]
        if side >= perceptual.MIN_SIZE and has_perceptual():
            names.append("perceptual")
            # Whoever trained with the eyes of Lite0 is looked at by others, too.
            trained = getattr(self.model, "distances", ())
            names += ["perceptual_lite2"] * any(one.name == "perceptual" for one in trained)
        return names

    def check(self, names):
        """Raises ValueError for scores that the run or its data do not allow."""
        for name in names:
            if name == "steganography":
                if not isinstance(self.model, CycleGAN):
                    raise ValueError(
                        "'steganography' looks at a cycle, there and back, which only CycleGAN "
                        "has. Leave it out."
                    )
            elif not self.has_truth:
                raise ValueError(
                    f"'{name}' compares each translation with what was wanted, but "
                    f"'{self.source.name}' holds no pairs. Ask for kid or fid instead."
                )
            elif "hole" in name and not self.masks:
                raise ValueError(f"'{name}' is for runs that fill holes. Leave it out.")
            elif name == "low_resolution_psnr" and self.scale is None:
                raise ValueError(f"'{name}' is for super-resolution. Leave it out.")
            elif name != "low_resolution_psnr" and not isinstance(self.kind, kinds.Images):
                raise ValueError(f"'{name}' compares images. Leave it out.")

    def real(self):
        """The data that fakes shall be like, a `data.Source` without inputs."""
        if self.direction == "forward":
            return dataclasses.replace(self.source, entries={}, entry_kinds={}, paired=True)
        return data.Source(
            name=f"{self.source.name} (inputs)",
            samples=self.source.entries["input"],
            kind=self.source.entry_kinds["input"],
        )

    def rows(self, num, seed):
        """Dicts by role, see `TranslationModel.pairs`; known pixels of inpainting stay as given."""
        for row in self.model.pairs(self.source, num, seed=seed, direction=self.direction):
            if self.masks:
                row["fake"] = completed(row["fake"], row["input"])
            yield row

    def fakes(self, num, seed):
        """Translations, a batch at a time."""
        for row in self.rows(num, seed):
            yield row["fake"]

    def scores(self, names, *, num, seed=0, beside=None, progress=None):
        """A list of `metrics.Score`: those of the translations, and of what they stand beside.

        Names of the latter end in what it is: "psnr@input" is of the input itself, "@bicubic" of
        the input enlarged, "@mean" of holes filled with the mean of the known pixels, "@" and a
        name that of another translator.

        Args:
            names: of `score_names.OF_TRANSLATORS`.
            num: how many, at most.
            seed: of the part of the data, of corruptions and of latents.
            beside: dict from a name to a `PairScores` of another translator of the same inputs,
                e.g. of one that was trained on L1 alone. Defaults to None.
            progress: function (what, done, num). Defaults to None.

        Raises:
            ValueError: scores that the run or its data do not allow; another translator that is
                given other inputs, or makes samples of another shape.
        """
        self.check(names)
        beside = beside or {}
        found, num = [], min(num, self.num)
        compared = [name for name in names if name != "steganography"]
        if compared:
            parts = {}
            others = [other.rows(num, seed) for other in beside.values()]
            for row, *theirs in zip(self.rows(num, seed), *others, strict=True):
                for name, other in zip(beside, theirs, strict=True):
                    check_comparable(name, other, row)
                    row[f"@{name}"] = other["fake"]
                self._keep(row, parts)
                if progress is not None:
                    progress("translated", sum(map(len, parts["fake"])), num)
            sides = {role: np.concatenate(arrays) for role, arrays in parts.items()}
            for what in ("fake", *(role for role in sides if role.startswith("@"))):
                suffix = what if what.startswith("@") else ""
                for score in self._compared(sides[what], sides, compared, seed):
                    found.append(dataclasses.replace(score, metric=score.metric + suffix))
        if "steganography" in names:
            found += self._steganography(num, seed)
        return found

    def _keep(self, row, parts):
        """Adds one batch to what is kept, as bytes."""
        kept = {"fake": images.to_uint8(row["fake"])}
        if "real" in row:
            kept["real"] = images.to_uint8(row["real"])
        if "mask" in row:
            kept["mask"] = np.asarray(row["mask"])
        if self.scale:
            kept["input"] = images.to_uint8(row["input"])
        name, untrained = self._untrained(row)
        if name:
            kept[name] = untrained
        kept |= {role: images.to_uint8(row[role]) for role in row if role.startswith("@")}
        for role, array in kept.items():
            parts.setdefault(role, []).append(array)

    def _untrained(self, row):
        """What costs nothing: a name that begins with @, and uint8 images; or two times None."""
        given, shape = np.asarray(row["input"]), row["fake"].shape
        if self.masks:
            return "@mean", images.to_uint8(filled(given))
        if self.scale:
            return "@bicubic", enlarged(images.to_uint8(given), shape[1:3])
        if not isinstance(self.input_kind, kinds.Images) or given.shape[:3] != shape[:3]:
            return None, None
        if given.shape[-1] == 1:
            given = np.repeat(given, shape[-1], axis=-1)
        return ("@input", images.to_uint8(given)) if given.shape == shape else (None, None)

    def _compared(self, fake, sides, names, seed):
        """Scores of `fake` against the real ones."""
        real, more = sides.get("real"), {}
        if "mask" in sides:
            more["mask"] = sides["mask"]
        if self.scale:
            more |= {"low_resolution": sides["input"], "scale": self.scale}
        paired = [name for name in names if name in metrics.PAIRED]
        found, named = [], f"{self.source.name}/{self.split}"
        if paired:
            found = metrics.evaluate_pairs(
                fake, real, metrics=paired, crop=self.scale or 0, data=named, seed=seed, **more
            )
        for name, eyes in score_names.PERCEPTUAL.items():
            if name in names:
                value = metrics.perceptual_distance(fake, real, network=eyes)
                found.append(self._score(name, value, len(fake), seed))
        return found

    def _steganography(self, num, seed):
        """Of a cycle that begins where the direction does."""
        role = "real" if self.direction == "backward" else "input"
        places = np.arange(self.num)
        if num < self.num:
            places = np.sort(np.random.default_rng(seed).choice(self.num, num, replace=False))
        stored = self.source.samples if role == "real" else self.source.entries["input"]
        back = "forward" if self.direction == "backward" else "backward"
        found = metrics.steganography(
            stored[places],
            lambda x: self.model.translate(x, direction=self.direction),
            lambda x: self.model.translate(x, direction=back),
        )
        return [self._score(name, value, num, seed) for name, value in found.items()]

    def _score(self, name, value, num, seed):
        return metrics.Score(
            metric=name,
            value=float(value),
            extractor=NO_FEATURES,
            resize="none",
            num_real=num,
            num_fake=num,
            data=f"{self.source.name}/{self.split}@{self.source.fingerprint}",
            seed=seed,
        )

    def floor(self, names, *, extractor, num, seed=0):
        """Scores of real data against real data: two halves with no sample in common.

        Names end in "@real". A translator that comes near them can't be told from the data by that
        score. Both sides have as many samples as a half; FID with fewer samples is larger.

        Args:
            names: of `metrics.METRICS`.
            extractor: a name, or an `Extractor`.
            num: of a half, at most.
            seed: of the halves.
        """
        real = self.real()
        order = np.random.default_rng(seed).permutation(real.num_samples)
        half = min(num, real.num_samples // 2)
        ours, theirs = real.samples[order[:half]], real.samples[order[half : 2 * half]]
        least = max(metrics.METRICS[name].at_least for name in names)
        if half < max(least, 2):
            return []
        found = metrics.evaluate(
            ours,
            theirs,
            metrics=names,
            extractor=extractor,
            num=half,
            seed=seed,
            data=f"{real.name}/{self.split}, one half",
            cache_dir=False,
        )
        return [dataclasses.replace(score, metric=f"{score.metric}@real") for score in found]

    def picture(self, seed=0):
        """Rows of input, translation and what was wanted, uint8 (H, W, c)."""
        return self.model.picture(seed=seed, real=self.source)


def check_comparable(name, other, row):
    """Raises ValueError unless two translators were given the same and make images of one shape."""
    for role, what in (("input", "inputs"), ("fake", "samples")):
        ours, theirs = np.asarray(row[role]), np.asarray(other[role])
        same = ours.shape == theirs.shape if role == "fake" else np.array_equal(ours, theirs)
        if not same:
            raise ValueError(
                f"'{name}' can't stand beside this run: its {what} are others, {theirs.shape[1:]} "
                f"and {ours.shape[1:]}. Compare translators of the same data and corruption."
            )


def filled(given):
    """Images whose holes have the mean of the known pixels, channel by channel.

    Args:
        given: float32 (batch, h, w, c + 1), with the mask as last channel.
    """
    known = 1.0 - given[..., -1:]
    counts = np.maximum(known.sum(axis=(1, 2), keepdims=True), 1.0)
    means = (given[..., :-1] * known).sum(axis=(1, 2), keepdims=True) / counts
    return completed(np.broadcast_to(means, given[..., :-1].shape), given)


def enlarged(small, size):
    """uint8 images (n, h, w, c) at (height, width), by bicubic interpolation."""
    height, width = size
    found = np.empty((len(small), height, width, small.shape[-1]), "uint8")
    for one, target in zip(small, found, strict=True):
        for channel in range(small.shape[-1]):
            picture = Image.fromarray(one[..., channel])
            target[..., channel] = picture.resize((width, height), Image.Resampling.BICUBIC)
    return found


def has_perceptual():
    """Whether the network of the perceptual distance is installed."""
    from gan_keras.distances import Perceptual

    try:
        Perceptual()
    except ImportError:
        return False
    return True
