"""The scores that `evaluate` knows by name: what each needs, and how it is computed."""

import dataclasses
from collections.abc import Callable

from gan_keras.metrics import covered, frechet_infinity, refusals, task_scores
from gan_keras.metrics.frechet import frechet_distance
from gan_keras.metrics.inception_score import inception_score
from gan_keras.metrics.kernel import kernel_distance
from gan_keras.metrics.manifolds import density_coverage, manifold_scores, precision_recall
from gan_keras.metrics.memorization import memorization
from gan_keras.metrics.ms_ssim import ms_ssim_diversity
from gan_keras.metrics.sliced_wasserstein import pyramid_distances, sliced_wasserstein


@dataclasses.dataclass(frozen=True, kw_only=True)
class Metric:
    """One entry of the table.

    Attributes:
        compute: function of `Sides` -> {name: (value, std or None)}.
        needs: what to keep of samples; see `statistics.collect`. "all_images" is for `fake` alone.
        at_least: how many samples of each side it takes.
        labels: whose labels it needs: any of "real", "fake", "held-out".
        held_out: whether it needs held-out data.
        images: whether samples must be images.
        refuse: function (real, extractor) that raises where the score makes no sense, or None.
        enough: function (number of features, number of samples) that raises where the score takes
            more samples, or None.
        extractor: what its scores name as extractor, if that is not the one of the features.
    """

    compute: Callable
    needs: tuple = ()
    at_least: int = 2
    labels: tuple = ()
    held_out: bool = False
    images: bool = False
    refuse: Callable | None = None
    enough: Callable | None = None
    extractor: str | None = None


def _fid(sides):
    return {"fid": (frechet_distance(sides.real.moments, sides.fake.moments), None)}


def _fid_infinity(sides):
    real, fake = sides.real.moments, sides.fake.features
    return {"fid_infinity": frechet_infinity.frechet_distance_infinity(real, fake, seed=sides.seed)}


def _kid(sides):
    return {"kid": kernel_distance(sides.real.features, sides.fake.features, seed=sides.seed)}


def _inception_score(sides):
    return {"inception_score": inception_score(sides.fake.probabilities, seed=sides.seed)}


def _precision_recall(sides):
    return _alone(precision_recall(sides.real.features, sides.fake.features))


def _density_coverage(sides):
    return _alone(density_coverage(sides.real.features, sides.fake.features))


def _prdc(sides):
    return _alone(manifold_scores(sides.real.features, sides.fake.features))


def _sliced_wasserstein(sides):
    distance = sliced_wasserstein(sides.real.features, sides.fake.features, seed=sides.seed)
    return {"sliced_wasserstein": (distance, None)}


def _pyramid(sides):
    distances = pyramid_distances(sides.real.images, sides.fake.images, seed=sides.seed)
    return _alone({f"pyramid_{side}": value for side, value in distances.items()})


def _ms_ssim(sides):
    """Between samples of a class, where both sides have labels; else between all."""
    by_class = sides.real.image_labels is not None and sides.fake.image_labels is not None
    name, num_pairs = ("ms_ssim_by_class", 100) if by_class else ("ms_ssim", 1000)
    found = {}
    for suffix, side in (("", sides.fake), ("_real", sides.real)):
        labels = side.image_labels if by_class else None
        found[f"{name}{suffix}"] = ms_ssim_diversity(
            side.images, labels, num_pairs=num_pairs, seed=sides.seed
        )
    return found


def _memorization(sides):
    found = memorization(
        sides.fake.features, sides.real.features, sides.held_out.features, seed=sides.seed
    )
    return {"memorization": (found["memorization"], found["std"])}


def _alone(values):
    return {name: (value, None) for name, value in values.items()}


NO_FEATURES = "none@0000000000000000"

METRICS = {
    "fid": Metric(compute=_fid, needs=("moments",)),
    "fid_infinity": Metric(
        compute=_fid_infinity, needs=("moments", "features"), enough=frechet_infinity.check
    ),
    "kid": Metric(compute=_kid, needs=("features",), at_least=1000),  # one subset
    "inception_score": Metric(
        compute=_inception_score,
        needs=("probabilities",),
        at_least=10,
        refuse=refusals.without_classes,
    ),
    "precision_recall": Metric(compute=_precision_recall, needs=("features",), at_least=4),
    "density_coverage": Metric(compute=_density_coverage, needs=("features",), at_least=6),
    "prdc": Metric(compute=_prdc, needs=("features",), at_least=6),
    "sliced_wasserstein": Metric(compute=_sliced_wasserstein, needs=("features",)),
    "pyramid": Metric(compute=_pyramid, needs=("images",), images=True, extractor=NO_FEATURES),
    "ms_ssim": Metric(compute=_ms_ssim, needs=("images",), images=True, extractor=NO_FEATURES),
    "modes": Metric(compute=covered.compute, needs=("features", "classes"), refuse=covered.refuse),
    "memorization": Metric(compute=_memorization, needs=("features",), held_out=True),
    "gan_train": Metric(
        compute=task_scores.train_on_samples,
        needs=("all_images",),
        labels=("fake", "held-out"),
        held_out=True,
        images=True,
        extractor=task_scores.EXTRACTOR,
    ),
    "gan_test": Metric(
        compute=task_scores.test_on_samples,
        needs=("all_images",),
        labels=("real", "fake"),
        images=True,
        extractor=task_scores.EXTRACTOR,
    ),
    "gan_base": Metric(
        compute=task_scores.base,
        labels=("real", "held-out"),
        held_out=True,
        images=True,
        extractor=task_scores.EXTRACTOR,
    ),
}

# What a value near which is good, for tables; the name is part of the score's.
BETTER = {
    "human_error": "higher",
    "human_threshold": "higher",
    "human_bias": "0",
    "c2st": "0.5",
    "closest_record": "0.5",
    "membership_auc": "0.5",
    "canary_auc": "0.5",
    "canaries_found": "as controls",
    "exact_copies": "as held-out",
    "near_copies": "as held-out",
    "trts": "as held-out",
    "class_accuracy": "as held-out",
    "edit_distance": "as held-out",
    "motif_": "as held-out",
    "look_alikes": "as held-out",
    "log_likelihood": "as held-out",
    "self_bleu": "as held-out",
    "novelty": "higher",
    "tstr": "higher",
    "column_shapes": "higher",
    "pair_similarity": "higher",
    "ms_ssim_real": "",
    "ms_ssim_by_class_real": "",
    "gan_base": "",
    "ms_ssim": "as of real ones",
    "memorization": "0.5",
    "gan_test": "as gan_base",
    "gan_train": "higher",
    "inception_score": "higher",
    "spectrum_db": "as held-out",
    "frechet_heard": "as held-out",
    "precision": "higher",
    "recall": "higher",
    "density": "higher",
    "coverage": "higher",
    "modes": "higher",
    "high_quality": "higher",
    "psnr": "higher",
    "ssim": "higher",
}


def better(score_name):
    """Which values of a score are good: "higher", "lower", or what else there is to say."""
    for name, word in BETTER.items():
        if name in score_name:
            return word
    return "lower"
