"""Why the default recipe wins: the same without one of its settings, at equal CPU seconds.

    python -m benchmarks.quality.ablations [--budget 200] [--seeds 2] [--rows default] [--report]

Writes a line of results/ablations.jsonl for each finished run, goes on where it stopped, and puts
the table into docs/results.md. --quick tries it for seconds and writes nothing. At the defaults it
takes about an hour of CPU.
"""

from benchmarks.quality import equal_cost

RECIPE = "fashion_mnist_dcgan"


def of_both(key, value):
    """The change of a setting of both optimizers."""
    return {f"{player}_optimizer.{key}": value for player in ("generator", "discriminator")}


# Row: title, recipe, changed settings.
ROWS = {
    "default": ("**default recipe**", RECIPE, {}),
    "no_mapping": ("no dense layer before the map", RECIPE, {"generator.mapping": None}),
    "no_hidden": ("no dense layer before the logit", RECIPE, {"discriminator.hidden": None}),
    "non_saturating": ("the non-saturating loss", RECIPE, {"loss": "non_saturating"}),
    "no_penalty": ("no penalty", RECIPE, {"penalties.r1": None, "penalties.r2": None}),
    "low_rate": (
        "a tenth of the learning rate",
        RECIPE,
        of_both("learning_rate.initial_learning_rate", 2e-4),
    ),
    "constant_rate": ("a rate that does not fall", RECIPE, of_both("learning_rate", 2e-3)),
    "no_average": ("no moving average", RECIPE, {"moving_average": None}),
}


def main():
    equal_cost.compare(__doc__, "ablations", ROWS, budget=200.0, seeds=2, measurements=1)


if __name__ == "__main__":
    main()
