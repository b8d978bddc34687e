"""What `fit` costs over a bare `tf.function` loop of the same mathematics, and what callbacks do.

    python -m benchmarks.speed.step [--rounds 15]

The default recipe's networks, penalty, optimizers and moving average, once under `GAN.fit` and once
written out by hand with nothing around it: no logs, no Keras. Both in one process, in short blocks
in turns: a callback runs a block of the bare loop each time `fit` has done a block of its own, so
that `fit` is timed in the middle of an epoch, with its own data set, as in a real run. Writes
results/step.json and docs/performance.md.
"""

import argparse
import os
import tempfile
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from benchmarks.pages import report


class Stopwatch:
    """CPU seconds spent inside callbacks, in whatever hook."""

    def __init__(self):
        self.seconds = {}

    def wrap(self, callback):
        """The same callback, its hooks timed."""
        name = type(callback).__name__
        self.seconds[name] = 0.0
        for hook in dir(callback):
            if hook.startswith("on_"):
                setattr(callback, hook, self._timed(name, getattr(callback, hook)))
        return callback

    def _timed(self, name, hook):
        def timed(*arguments, **keywords):
            start = time.process_time()
            try:
                return hook(*arguments, **keywords)
            finally:
                self.seconds[name] += time.process_time() - start

        return timed


def callbacks_share(recipe, epochs):
    """Share of a run's CPU seconds that each callback of `gan-keras train` takes."""
    from gan_keras.running import runs
    from gan_keras.running.training import Training

    training, stopwatch = Training(recipe.with_settings({"epochs": epochs})), Stopwatch()
    fit = training.fit
    training.fit = lambda callbacks: fit([stopwatch.wrap(callback) for callback in callbacks])
    with tempfile.TemporaryDirectory() as folder:
        run = runs.create(os.path.join(folder, "run"), training.config())
        start = time.process_time()
        training.run(run)
        total = time.process_time() - start
    shares = {name: seconds / total for name, seconds in stopwatch.seconds.items()}
    return {"epochs": epochs, "cpu_seconds": total, "shares": shares}


def table_of(result):
    """Lines of the page."""
    fit, shares = result["fit"], result["callbacks"]["shares"]
    together = sum(shares.values())
    rows = {**shares, "together": together, "ours": together - shares["TensorBoard"]}
    return [
        report.described(result["machine"]),
        "",
        *report.table(
            ["default recipe, batch 64", "CPU ms a step", "ratio (median of pairs)"],
            [
                ["bare `tf.function` loop", f"{fit['bare_ms']:.1f}", "1"],
                ["`GAN.fit`", f"{fit['fit_ms']:.1f}", f"{fit['ratio']:.3f}"],
            ],
        ),
        "",
        *report.table(
            [
                f"callback of `gan-keras train --epochs {result['callbacks']['epochs']}`",
                "share of the run's CPU seconds",
            ],
            [[name, f"{100 * share:.2f}%"] for name, share in rows.items()],
        ),
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--epochs", type=int, default=2, help="of the run that times callbacks")
    arguments = parser.parse_args()
    import gan_keras
    from benchmarks.speed import bare_loop
    from gan_keras import recipes

    import tensorflow as tf  # isort: skip

    recipe, machine = recipes.get("fashion_mnist_dcgan"), report.machine()
    result = {"machine": machine, "gan_keras": gan_keras.__version__, "tensorflow": tf.__version__}
    result["fit"] = bare_loop.fit_against_bare(recipe, arguments.rounds)
    result["callbacks"] = callbacks_share(recipe, arguments.epochs)
    result["table"] = table_of(result)
    report.write("step", result)


if __name__ == "__main__":
    main()
