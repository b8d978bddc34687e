"""The gallery: each recipe with what a run costs, a score, and a picture, from results/*.jsonl."""

import json
import statistics

from benchmarks.pages import pictures_of, report
from gan_keras import recipes

GARMENTS = "Fréchet distance, garment features; lower is better"
KERNEL = "kernel distance, ImageNet features; lower is better"
AUC = "real told from fake, C2ST; 0.5 is best"
# Recipe: (file of results, row, place of the score in a line, what it is), or None.
SHOWN = {
    "fashion_mnist_dcgan": ("baselines", "default", "last.frechet", GARMENTS),
    "photos": ("photos", "noto", "scores.kernel", KERNEL),
    "fashion_mnist_conditional": None,
    **{
        f"fashion_mnist_{row}": ("baselines", row, "last.frechet", GARMENTS)
        for row in (
            *("projection", "concatenation", "acgan", "minimax", "non_saturating"),
            *("least_squares", "relativistic_average", "r3gan", "hinge_sn", "dragan"),
            *("wgan", "wgan_gp", "infogan", "stylegan2"),
        )
    },
    **{
        f"fashion_mnist_{name}": None
        for name in (
            *("sagan", "biggan", "pacgan", "top_k", "feature_matching", "historical_averaging"),
            *("ssgan", "began", "adversarial_autoencoder", "vae_gan"),
        )
    },
    **{
        f"fashion_mnist_{name}": ("few_images", row, "curve.-1.frechet", GARMENTS)
        for name, row in (
            *(("few", "few"), ("ada", "few_ada"), ("diffaugment", "few_diffaugment")),
            *(("lecam", "few_lecam"), ("consistency", "few_consistency")),
        )
    },
    "emoji_pix2pix": (
        *("translation", "line_perceptual"),
        *("scores.kernel_imagenet_lite0", KERNEL),
    ),
    "emoji_flat_to_render": (
        *("translation", "flat_perceptual"),
        *("scores.kernel_imagenet_lite0", KERNEL),
    ),
    "emoji_cyclegan": ("translation", "cyclegan", "scores.kernel_imagenet_lite0", KERNEL),
    "emoji_cut": ("translation", "cut", "scores.kernel_imagenet_lite0", KERNEL),
    "emoji_colorization": ("translation", "colour", "scores.kernel_imagenet_lite0", KERNEL),
    "emoji_super_resolution": (
        *("translation", "super_resolution"),
        *("scores.psnr_y_crop4", "dB of luma; higher is better"),
    ),
    "garments_inpainting": (
        *("translation", "inpainting"),
        *("scores.psnr_hole", "dB within holes; higher is better"),
    ),
    "label_map_synthesis": ("translation", "labels", "scores.kernel_imagenet_lite0", KERNEL),
    "table": ("tables", "table", "scores.c2st", AUC),
    "series": ("series", "series", "scores.c2st", AUC),
    "spoken_digits": (
        *("sounds", "recipe"),
        *("scores.class_accuracy", "share of digits heard as asked; 0.99 is real"),
    ),
    "splice_junctions": (
        *("genes", "recipe"),
        *("scores.motif_ei", "share of donors with their motif; 0.99 is real"),
    ),
    "ring": ("modes", "ring", "high_quality", "share of samples within three sigma"),
    "grid": ("modes", "grid", "high_quality", "share of samples within three sigma"),
}


def text():
    """The page, Markdown. Scores are means over seeds; lines of results/ say the machine."""
    costs = {line["recipe"]: line for line in lines("recipes")}
    parts = [
        "# Gallery",
        "",
        "What recipes make, what they cost, and how good it is. The minutes of a whole run on one "
        "core are calculated from some of its steps; those of a score were measured, and are often "
        "of a shorter run. Scores of different sorts, data or lengths can't be compared: "
        "[results.md](results.md) says what each depends on, [recipes.md](recipes.md) which recipe "
        "suits what you have.",
        "",
    ]
    for name, score in SHOWN.items():
        minutes = costs[name]["calculated_cpu_seconds"] / 60
        facts = [f"A whole run: {minutes:.0f} CPU minutes."]
        if score is not None:
            facts.append(scored(*score))
        parts += [f"## {name}", "", f"{recipes.get(name).summary}.", "", " ".join(facts), ""]
        if name in pictures_of.NAMES:
            parts += [f"![{name}]({pictures_of.NAMES[name]})", ""]
    return "\n".join(parts)


def scored(file, row, place, what):
    """The mean of a score over the seeds of a row, and how it was measured: one sentence."""
    found = [line for line in lines(file) if row in (line.get("row"), line.get("task"))]
    found = [line for line in found if line.get("method", "recipe") == "recipe"]
    newest = {line["seed"]: line for line in found if line["data"] == found[0]["data"]}
    found = list(newest.values())
    values = [at(line, place) for line in found]
    minutes = statistics.mean(line["cpu_seconds"] for line in found) / 60
    seeds = "one run" if len(found) == 1 else f"mean of {len(found)} runs"
    data = found[0]["data"].partition("@")[0]
    how = f"{what}; {data}; {seeds}, {minutes:.1f} CPU minutes"
    return f"Score: {statistics.mean(values):.3g} ({how})."


def lines(file):
    """The lines of a file of results."""
    path = report.RESULTS / f"{file}.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def at(line, place):
    """What stands in a line at "key.key"."""
    for key in place.split("."):
        line = line[int(key) if key.lstrip("-").isdigit() else key]
    return line
