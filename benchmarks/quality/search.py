"""The search for the default recipe: changes of batch, rate, loss, penalties, at equal CPU seconds.

    python -m benchmarks.quality.search [--budget 260] [--seeds 3] [--rows batch_32] [--report]

Writes a line of results/search.jsonl for each finished run, goes on where it stopped, and puts the
table into docs/results.md. --quick tries it for seconds and writes nothing. At the defaults a row
takes about a quarter of an hour of CPU.
"""

from benchmarks.quality import equal_cost
from benchmarks.quality.ablations import RECIPE, of_both

RATE = "learning_rate.initial_learning_rate"
LOW = of_both(RATE, 1.4e-3)  # 2e-3 over the square root of 2

# Row: title, recipe, changed settings.
ROWS = {
    "default": ("**default recipe**: batches of 64, rate 0.002, paired", RECIPE, {}),
    "batch_32": ("batches of 32", RECIPE, {"batch_size": 32}),
    "batch_32_low": ("batches of 32, rate 0.0014", RECIPE, {"batch_size": 32, **LOW}),
    "batch_16_low": ("batches of 16, rate 0.0014", RECIPE, {"batch_size": 16, **LOW}),
    "batch_32_plain": (
        "batches of 32, the non-saturating loss",
        RECIPE,
        {"batch_size": 32, "loss": "non_saturating"},
    ),
    "batch_32_lazier": (
        "batches of 32, penalties every 16 steps",
        RECIPE,
        {"batch_size": 32, "penalties.r1.interval": 16, "penalties.r2.interval": 16},
    ),
    "batch_32_light": (
        "batches of 32, penalties of 0.1",
        RECIPE,
        {"batch_size": 32, "penalties.r1.weight": 0.1, "penalties.r2.weight": 0.1},
    ),
    "batch_32_short": (
        "batches of 32, a half-life of 10,000 images",
        RECIPE,
        {"batch_size": 32, "moving_average.half_life": 10_000},
    ),
    "batch_32_slim": (
        "batches of 32, three quarters of the width",
        RECIPE,
        {
            "batch_size": 32,
            "generator.widths": (96, 48, 24),
            "discriminator.widths": (24, 48, 96),
        },
    ),
}


def main():
    equal_cost.compare(__doc__, "search", ROWS, budget=260.0, seeds=3, measurements=2)


if __name__ == "__main__":
    main()
