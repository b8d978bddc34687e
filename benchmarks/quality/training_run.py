"""One run of a benchmark: a model trained for a CPU budget and scored by the shipped classifier."""

import math
import time

PROBE_STEPS = 96  # twelve turns of lazy penalties

METRICS = {  # what a line calls it: what `metrics.evaluate` does
    "frechet": "fid",
    "kernel": "kid",
    "precision": "precision",
    "recall": "recall",
    "coverage": "coverage",
}


def source():
    """The full training set of Fashion-MNIST where it is at hand, else the bundled images."""
    from gan_keras import data

    try:
        return data.source("fashion_mnist")
    except ValueError:
        return data.source("fashion_mnist_10k")


def scorer(samples, real, *, num, seed):
    """A function without arguments that scores what `samples` gives at the moment.

    Args:
        samples: function from a number to samples, or to batches of them.
        real: a `data.Source` of Fashion-MNIST.
        num: generated images; as many real ones, but at least 2,000.
        seed: of subsets.
    """
    from gan_keras import metrics
    from gan_keras.metrics import features

    extractor = features.get("fashion_mnist_classifier")

    def measure():
        scores = metrics.evaluate(
            samples,
            real,
            metrics=["fid", "kid", "prdc"],
            extractor=extractor,
            num=num,
            num_real=max(num, 2_000),
            seed=seed,
        )
        found = {score.metric: score.value for score in scores}
        return {name: round(found[key], 6) for name, key in METRICS.items()}

    return measure


def batches(recipe, model, source, *, seed, first_step=0):
    """What a model of the recipe is fitted on, without end, from some step on."""
    return source.batches(
        recipe.batch_size * model.batches_per_step(),
        seed=seed,
        repeat=True,
        first_batch=first_step,
        labels=recipe.conditional,
        balanced=recipe.balanced,
    )


def as_long_as(budget, recipe, source, *, seed):
    """The recipe whose learning rates fall over a budget, where they do over all epochs.

    How many steps that is, a short training tells, which is not the run's; other recipes come back
    as they are, at once.

    Args:
        budget: CPU seconds, tracing included.
        recipe: a `recipes.Recipe`.
        source: its data.
        seed: of the run.
    """
    if falling_over(recipe, 1) == recipe:
        return recipe
    model = recipe.build(source, seed=seed)
    dataset = batches(recipe, model, source, seed=seed)
    start = time.process_time()
    model.fit(dataset, steps_per_epoch=1, verbose=0)
    tracing = time.process_time() - start
    start = time.process_time()
    model.fit(dataset, steps_per_epoch=PROBE_STEPS, verbose=0)
    step = (time.process_time() - start) / PROBE_STEPS
    return falling_over(recipe, max(1, math.floor((budget - tracing) / step)))


def falling_over(recipe, steps):
    """The recipe whose learning rates, if they fall over the training, fall over so many steps."""
    changes = {}
    for player, updates in (
        ("generator", steps),
        ("discriminator", steps * recipe.discriminator_steps),
    ):
        optimizer = getattr(recipe, f"{player}_optimizer")
        rate = optimizer.get("learning_rate") if isinstance(optimizer, dict) else None
        if isinstance(rate, dict) and "decay_steps" not in rate:
            changes[f"{player}_optimizer.learning_rate.decay_steps"] = updates
    return recipe.with_settings(changes)


def summary(rows):
    """Last and best of the measurements of a run, and what the table asks for."""
    last, best = rows[-1], min(rows, key=lambda row: row["frechet"])
    return {
        "cpu_seconds": last["cpu_seconds"],
        "steps": last["steps"],
        "last": {name: last[name] for name in METRICS},
        "best": {name: best[name] for name in METRICS},
        "collapsed": collapsed(last, best),
        "curve": [[row["cpu_seconds"], row["frechet"]] for row in rows],
    }


def collapsed(last, best):
    """Whether the end is more than twice as far off as the best, or covers almost nothing."""
    return last["frechet"] > 2 * best["frechet"] or last["coverage"] < 0.05


def samples_of(model, *, seed, real=None):
    """A function from `num` to batches of samples, as `metrics.evaluate` takes it."""
    return lambda num: model.fakes(num, seed=seed, real=real)


def sampled(name, source, *, seed, num, steps=None):
    """Samples of a recipe that was trained as it says, with the labels of the data: a `Side`.

    Args:
        name: of the recipe.
        source: its data.
        seed: of the run and of the samples.
        num: how many samples.
        steps: of the training. Defaults to None, those of the recipe's epochs.
    """
    import numpy as np

    from gan_keras import recipes
    from gan_keras.metrics.labelled import Side

    recipe = recipes.get(name)
    per_epoch = source.num_samples // (recipe.batch_size * recipe.discriminator_steps)
    steps = steps or recipe.epochs * per_epoch
    recipe = falling_over(recipe, steps)
    model = recipe.build(source, seed=seed)
    dataset = batches(recipe, model, source, seed=seed)
    model.fit(dataset, steps_per_epoch=steps, verbose=0)
    samples, labels = zip(*model.fakes(num, seed=seed, real=source), strict=True)
    return Side(samples=np.concatenate(samples), labels=np.concatenate(labels))
