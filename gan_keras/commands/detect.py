"""`gan-keras detect`: a detector of a run's samples, and how far to trust it."""

import json

import click

from gan_keras.commands.numbers import COUNT, SEED
from gan_keras.commands.quiet import import_tensorflow
from gan_keras.commands.run_folder import RUN

QUALITY = 75  # of JPEG, after which the detector is asked once more


@click.command()
@click.argument("run", type=RUN)
@click.argument("image", nargs=-1)
@click.option(
    "--held-out", metavar="DATA", help="Real images never trained on.  [default: the test split]"
)
@click.option("--other", type=RUN, help="Another run, whose samples the detector never saw.")
@click.option("--num", type=COUNT, default=4000, show_default=True, help="Of each side, to learn.")
@click.option("--asked", type=COUNT, default=1000, show_default=True, help="Of each side, to test.")
@click.option("--seed", type=SEED, default=0, show_default=True, help="Of samples and weights.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def detect(run, image, held_out, other, num, asked, seed, as_json):
    """Train a detector of the samples of the run folder RUN, and test it.

    A small classifier learns samples against the run's real data. It is tested on samples of unseen
    seeds and held-out real images, as they are and after JPEG, and on another run if one is named;
    it and the findings lie beside the run. Of images that are named, p is how rarely a held-out
    real one looks as generated.
    """
    from gan_keras.running.runs import Run

    run = Run(run)
    settings = run.read_config()["settings"]

    import_tensorflow()
    from gan_keras import images
    from gan_keras.latent_tools import attribution, pictures, targets
    from gan_keras.running import detection
    from gan_keras.running.sampling import check_latents, load

    model = check_latents(load(run), "detect")
    pictures.check_images(model, "Detection")
    given = targets.from_files(image, model.sample_shape) if image else None
    known = detection.opened(run, model.steps_done) if image and other is None else None
    if known is None:
        known = _made(run, model, settings, held_out, other, num, asked, seed)
        detection.save(run, *known)
        for name, found in known[1]["tests"].items() if not as_json else ():
            interval = f"{found['low']:.3f} to {found['high']:.3f}"
            click.echo(
                f"{name}: AUC {found['auc']:.3f} ({interval}), "
                f"{100 * found['found']:.0f}% found at 5% false alarms"
            )
        if as_json and not image:
            click.echo(json.dumps(known[1]["tests"]))
    if given is None:
        return
    detector, findings = known
    looks = detection.scores(detector, images.to_uint8(given))
    ps = attribution.p_values(-looks, [-score for score in findings["real_scores"]])
    for name, look, p in zip(image, looks, ps, strict=True):
        if as_json:
            click.echo(json.dumps({"image": name, "score": float(look), "p": float(p)}))
        else:
            words = "looks generated" if p <= detection.FALSE_ALARMS else "looks as real ones do"
            click.echo(f"{name}: score {look:.2f}, p {p:.3g} ({words})")


def _made(run, model, settings, held_out, other, num, asked, seed):
    """A detector and its findings."""
    import numpy as np

    from gan_keras import data, images
    from gan_keras.data import held_out as held_out_data
    from gan_keras.latent_tools import pictures
    from gan_keras.running import detection
    from gan_keras.running.runs import Run
    from gan_keras.running.sampling import check_latents, load

    height, width, channels = model.sample_shape
    sizes = {"image_size": (height, width), "channels": channels}
    source = data.source(settings["data"], **settings["data_arguments"])
    if held_out is None:
        unseen = held_out_data.default(settings["data"], **settings["data_arguments"] | sizes)
    else:
        unseen = held_out_data.named(held_out, **sizes)
    num, asked = min(num, source.num_samples), min(asked, unseen.num_samples)
    random = np.random.default_rng(seed)

    def real(of, num):
        places = random.choice(of.num_samples, num, replace=False)
        return images.to_uint8(of.rows(places)["real"])

    def fake(of, num, seed):
        return images.to_uint8(of.sample(num, seed=seed))

    click.echo(f"Learning {num} samples and as many real images, once.", err=True)
    detector = detection.trained(fake(model, num, seed), real(source, num), seed=seed)
    reals, fakes = real(unseen, asked), fake(model, asked, seed + 1)
    real_scores = detection.scores(detector, reals)
    tests = {
        "samples of unseen seeds": detection.roc(detection.scores(detector, fakes), real_scores),
        f"the same after JPEG of quality {QUALITY}": detection.roc(
            *(
                detection.scores(detector, detection.after_jpeg(side, QUALITY))
                for side in (fakes, reals)
            )
        ),
    }
    if other is not None:
        other = Run(other)
        another = check_latents(load(other), "detect")
        pictures.check_images(another, "Detection")
        if another.sample_shape != model.sample_shape:
            raise ValueError(
                f"'{other.folder}' makes images of shape {another.sample_shape}, this run of "
                f"{model.sample_shape}: the detector can't see both. Name another --other."
            )
        looks = detection.scores(detector, fake(another, asked, seed + 1))
        tests[f"samples of {other.name}"] = detection.roc(looks, real_scores)
    return detector, {
        "run": run.name,
        "step": model.steps_done,
        "seed": seed,
        "trained_on": f"{num} of {source.name}@{source.fingerprint} and as many samples",
        "held_out": f"{asked} of {unseen.name}@{unseen.fingerprint}",
        "tests": tests,
        "real_scores": [round(float(score), 4) for score in real_scores],
    }
