"""The scores that `evaluate` knows by name: what each needs, and how it is computed."""

import dataclasses
from collections.abc import Callable

from gan_keras.metrics.frechet import frechet_distance
from gan_keras.metrics.frechet_infinity import frechet_distance_infinity
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
        compute: function (real, fake, held_out, seed) of `Statistics` -> {name: (value, std or
            None)}.
        needs: what the statistics must hold beside moments.
        better: "lower", "higher" or "as real".
        held_out: whether it needs held-out data.
    """

    compute: Callable
    needs: tuple = ()
    better: str = "lower"
    held_out: bool = False


def _fid(real, fake, held_out, seed):
    return {"fid": (frechet_distance(real.moments, fake.moments), None)}


def _fid_infinity(real, fake, held_out, seed):
    return {"fid_infinity": frechet_distance_infinity(real.moments, fake.features, seed=seed)}


def _kid(real, fake, held_out, seed):
    return {"kid": kernel_distance(real.features, fake.features, seed=seed)}


def _inception_score(real, fake, held_out, seed):
    return {"inception_score": inception_score(fake.probabilities, seed=seed)}


def _precision_recall(real, fake, held_out, seed):
    return _alone(precision_recall(real.features, fake.features))


def _density_coverage(real, fake, held_out, seed):
    return _alone(density_coverage(real.features, fake.features))


def _prdc(real, fake, held_out, seed):
    return _alone(manifold_scores(real.features, fake.features))


def _sliced_wasserstein(real, fake, held_out, seed):
    distance = sliced_wasserstein(real.features, fake.features, seed=seed)
    return {"sliced_wasserstein": (distance, None)}


def _pyramid(real, fake, held_out, seed):
    distances = pyramid_distances(real.images, fake.images, seed=seed)
    return _alone({f"pyramid_{side}": value for side, value in distances.items()})


def _ms_ssim(real, fake, held_out, seed):
    return {
        "ms_ssim": ms_ssim_diversity(fake.images, seed=seed, num_pairs=1000),
        "ms_ssim_real": ms_ssim_diversity(real.images, seed=seed, num_pairs=1000),
    }


def _memorization(real, fake, held_out, seed):
    found = memorization(fake.features, real.features, held_out.features, seed=seed)
    return {"memorization": (found["memorization"], found["std"])}


def _alone(values):
    return {name: (value, None) for name, value in values.items()}


METRICS = {
    "fid": Metric(compute=_fid),
    "fid_infinity": Metric(compute=_fid_infinity, needs=("features",)),
    "kid": Metric(compute=_kid, needs=("features",)),
    "inception_score": Metric(compute=_inception_score, needs=("probabilities",), better="higher"),
    "precision_recall": Metric(compute=_precision_recall, needs=("features",), better="higher"),
    "density_coverage": Metric(compute=_density_coverage, needs=("features",), better="higher"),
    "prdc": Metric(compute=_prdc, needs=("features",), better="higher"),
    "sliced_wasserstein": Metric(compute=_sliced_wasserstein, needs=("features",)),
    "pyramid": Metric(compute=_pyramid, needs=("images",)),
    "ms_ssim": Metric(compute=_ms_ssim, needs=("images",), better="as real"),
    "memorization": Metric(
        compute=_memorization, needs=("features",), better="as real", held_out=True
    ),
}
