"""What docs/algorithms.md says beside each picture; the numbers come from finished trainings."""

import textwrap

from benchmarks.pages import report
from benchmarks.quality import baselines, few_images

PAGE = report.ROOT / "docs" / "algorithms.md"

# Rows of the tables of results whose samples, drawn by baselines.py and by few_images.py, the page
# shows as well.
SHOWN = (
    *("default", "non_saturating", "minimax", "least_squares", "wgan", "wgan_gp", "dragan"),
    *("hinge_sn", "relativistic_average", "r3gan", "stylegan2"),
    *("projection", "concatenation", "acgan", "infogan"),
    *("many", "few", "few_diffaugment", "few_ada", "few_lecam", "few_consistency"),
    *("few_transfer", "few_frozen"),
)
ROWS = {**baselines.ROWS, **few_images.ROWS}

# Picture: what it shows in a few words, and the caption.
CAPTIONS = {
    "by_class": (
        "A class in each row",
        "Each row a class, each column the same latents: what the latents say, sleeves or "
        "brightness, often holds from class to class.",
    ),
    "pacgan": (
        "Samples of PacGAN",
        "Samples, judged in pairs while they were learned.",
    ),
    "top_k": (
        "Samples of top-k training",
        "Samples of a generator that learned from the best three quarters of its fakes.",
    ),
    "feature_matching": (
        "Samples of feature matching",
        "Samples of a generator that also matches the discriminator's mean features.",
    ),
    "historical_averaging": (
        "Samples of historical averaging",
        "Samples of two players held near the mean of their own past weights.",
    ),
    "sagan": (
        "Samples of a small SAGAN",
        "Samples of residual networks of 16 to 64 channels with self-attention at 14 pixels.",
    ),
    "biggan": (
        "Samples of a small BigGAN",
        "Each row a class, each column the same latents, of networks of 16 to 64 channels.",
    ),
    "infogan_codes": (
        "What the codes of an InfoGAN do",
        "Three samples for each code, found without a label. Above, the category from left to "
        "right: most columns keep to a kind. Below, the two continuous codes from -2 to 2. With "
        "the default recipe's loss, penalties and rates; `gan-keras codes RUN` draws the same.",
    ),
    "ssgan": (
        "Samples of SSGAN",
        "Samples of a generator whose discriminator also tells turns.",
    ),
    "bigan": (
        "BiGAN: images, reconstructions, samples",
        "Images that were never trained on, above what the generator makes of their codes: no "
        "term compares the two (mean squared error of {held_out}: "
        "{held_out_squared_error:.3f}). In the last two rows, samples.",
    ),
    "adversarial_autoencoder": (
        "Adversarial autoencoder: images, reconstructions, samples",
        "Images that were never trained on, above their reconstructions, faithful and soft "
        "(mean squared error of {held_out}: {held_out_squared_error:.3f}). In the last two "
        "rows, samples.",
    ),
    "vae_gan": (
        "VAE-GAN: images, reconstructions, samples",
        "Images that were never trained on, above their reconstructions (mean squared error of "
        "{held_out}: {held_out_squared_error:.3f}). In the last two rows samples, which take "
        "longer to become good.",
    ),
    "began": (
        "BEGAN: samples, and what its discriminator gives back",
        "Samples in the first four rows: tops, dresses and trousers, no shoes or bags yet. Then "
        "images that were never trained on, above what the discriminator gives back. Below, "
        "samples, which it gives back with holes in them.",
    ),
    "interpolations": (
        "Four walks from left to right",
        "Four walks of twelve steps between two samples each: `gan.interpolate(12, seed=...)`. "
        "What stands between two kinds is rarely a garment.",
    ),
    "directions": (
        "Three directions, three samples each",
        "Three directions, three samples along each, from -3 to 3, as `gan-keras directions RUN "
        "--steps 12` draws them. The first leads to shoes, the second to trousers, the third to "
        "short sleeves and wide tops.",
    ),
    "truncations": (
        "The same samples, ever more truncated",
        "The same draws under the bounds 4, 2, 1, 0.5, 0.25: `gan-keras truncations RUN --num "
        "12`. A plain generator never saw latents that small: below 1 its samples fall apart, "
        "and 2 is as far as it is worth going.",
    ),
    "inversions": (
        "Images, what was found for them, and the same upside down",
        "Images of the data above what was found for them (mean squared error "
        "{squared_error_upright:.3f}); below the same turned upside down, which the generator "
        "never learned ({squared_error_upside_down:.3f}): the first twelve, as `gan-keras "
        "invert RUN --index 0 1 2 3 4 5 6 7 8 9 10 11` finds them.",
    ),
}


def written(page, lines):
    """The page with every picture that there is, and its caption, between its markers.

    Args:
        page: text of docs/algorithms.md.
        lines: dicts of `pictures.one_training`; of several for one training the last counts.
    """
    trainings = {name: line for line in lines for name in line["pictures"]}
    for name in CAPTIONS:
        page = report.with_table(page, f"picture {name}", block(name, trainings.get(name)))
    for name in SHOWN:
        page = report.with_table(page, f"samples {name}", row_block(name))
    return page


def block(name, line):
    """Lines of Markdown for a picture; of one that is not drawn yet, how to draw it."""
    if line is None:
        return ["*No picture yet: `python -m benchmarks.quality.pictures`.*"]
    title, caption = CAPTIONS[name]
    cost = f"`{line['recipe']}`, {line['epochs']} epochs"
    if line["cpu_seconds"] is not None:
        cost += f", {line['cpu_seconds']:.0f} CPU seconds"
    text = textwrap.wrap(
        f"*{caption.format(**line)} {cost}.*", 100, break_long_words=False, break_on_hyphens=False
    )
    return [f"![{title}](pictures/{name}.png)", "", *text]


def row_block(name):
    """Lines of Markdown for the samples of a row; one empty line where there are none yet."""
    if not (report.PICTURES / f"{name}.png").exists():
        return [""]
    title, recipe, *_ = ROWS[name]
    title = title.replace("*", "")
    caption = (
        f"*Samples of {title}, `{recipe}`, from its run of seed 0 for [results.md](results.md).*"
    )
    lines = textwrap.wrap(caption, 100, break_long_words=False, break_on_hyphens=False)
    return [f"![Samples: {title}](pictures/{name}.png)", "", *lines]
