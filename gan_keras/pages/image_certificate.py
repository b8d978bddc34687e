"""A certificate of images: one page on what samples are worth, and whether they are copies."""

from gan_keras.metrics.table import better
from gan_keras.pages.plain_page import Page

QUESTIONS = {
    "fid": "Distance of the clouds of features (Fréchet)",
    "kid": "Distance of the clouds of features (kernel)",
    "precision": "Share of samples that lie among real images",
    "recall": "Share of real images that lie among samples",
    "density": "How many real neighbourhoods a sample lies in, of k",
    "coverage": "Share of real images with a sample in their neighbourhood",
    "memorization": "Share of samples nearer to training images than to held-out ones (0.5: fair)",
}
PROTOCOL = (
    "Samples and real images are compared in the features of the extractor that is named, and a "
    "score holds for that extractor alone.",
    "For memorization training and held-out images are cut to one number, since the nearest of "
    "more is nearer; ± is its standard error over draws of images (delta method). ± of kid is over "
    "subsets.",
)
LIMITS = (
    "A share near 0.5 says that samples are not nearer to training images on the whole. A few "
    "copies among thousands of samples do not move it: look at the nearest neighbours in "
    "evaluation/nearest.png, which gan-keras evaluate draws.",
    "Features are blind to what their extractor was not trained to see. A face may be recognised "
    "by a detail that they leave out.",
    "Nothing here is differential privacy: no bound holds for each single image.",
    "The network knows more than its samples. Give away images, not the run.",
    "A bias of the real images is in the samples, too.",
)


def image_certificate(scores, *, name):
    """One page in plain words: what was compared, findings, scores, the protocol and its limits.

    Args:
        scores: list of `Score`, of `metrics.evaluate`.
        name: str, what the page calls the samples.

    Returns:
        `Page`, with methods `markdown()` and `html()`.

    Raises:
        ValueError: no scores.
    """
    if not scores:
        raise ValueError("A certificate takes scores. Received none.")
    first = scores[0]
    rows = [
        [
            QUESTIONS.get(score.metric, score.metric),
            f"{score.value:.4g}",
            "" if score.std is None else f"{score.std:.2g}",
            better(score.metric),
        ]
        for score in scores
    ]
    extractors = ", ".join(sorted({score.extractor for score in scores}))
    parts = (
        ("heading", "What was compared"),
        (
            "paragraph",
            f"Samples: {name}, {first.num_fake:,} of them. Real images: {first.data}, "
            f"{first.num_real:,} of them. Extractor: {extractors}. Seed {first.seed}, gan_keras "
            f"{first.version}.",
        ),
        ("heading", "Findings"),
        ("list", image_findings(scores)),
        ("heading", "Scores"),
        ("table", ["", "value", "±", "better"], rows),
        ("heading", "Protocol"),
        ("list", PROTOCOL),
        ("heading", "Limits"),
        ("list", LIMITS),
    )
    return Page(f"Certificate of {name}", parts)


def image_findings(scores):
    """Sentences on whether samples are copies: beyond 2.58 standard errors from one half."""
    found = {score.metric: score for score in scores}
    score = found.get("memorization")
    if score is None:
        return (
            "Not known whether images were copied: that takes real images that were never trained "
            "on. Name them: --held-out DATA.",
        )
    if score.value - 2.58 * (score.std or 0.0) > 0.5:
        return (
            f"Warning: {score.value:.0%} of samples are nearer to training images than to held-out "
            "ones, in place of 50%: the generator has learnt images by heart.",
        )
    return (
        f"Samples are not nearer to training images than to held-out ones ({score.value:.0%}).",
    )
