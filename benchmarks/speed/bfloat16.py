"""What bfloat16 makes of a step, recipe by recipe: CPU seconds against float32's, in turns.

    python -m benchmarks.speed.bfloat16 [--seconds 20] [--only ring,photos] [--report]

Each recipe in a process of its own, built in both precisions, which take blocks of steps in turns
on one batch. A line of results/bfloat16.jsonl for each recipe; goes on where it stopped. Writes the
table in docs/performance.md.
"""

import statistics
import time

from benchmarks import resumable
from benchmarks.pages import report

LINES = report.RESULTS / "bfloat16.jsonl"
BLOCK = 8  # steps: a turn of most lazy penalties
WARM_UP = 17  # steps: both branches of penalties that come every 16 steps
PRECISIONS = ("float32", "mixed_bfloat16")
RECIPES = (
    *("fashion_mnist_dcgan", "fashion_mnist_conditional", "photos", "fashion_mnist_wgan_gp"),
    *("fashion_mnist_hinge_sn", "fashion_mnist_biggan", "fashion_mnist_stylegan2"),
    *("fashion_mnist_sagan", "emoji_pix2pix_plain", "emoji_cyclegan"),
    *("garments_inpainting", "moving_garments", "spoken_digits", "wavegan", "vocoder"),
    *("sequences", "series", "doppelganger", "table", "ctgan", "names_policy", "ring"),
)


def one_run(*, recipe, seconds):
    """Times one recipe in both precisions: its line."""
    from benchmarks.quality import training_run
    from benchmarks.speed.recipes import at_hand
    from gan_keras import recipes
    from gan_keras.machines import devices

    chosen = recipes.get(recipe)
    source = at_hand(chosen)
    if source is None:
        return {"recipe": recipe, "machine": report.machine()}
    models = {}
    for precision in PRECISIONS:
        devices.configure(precision=precision)
        models[precision] = model = chosen.build(source, seed=0)
        batches = training_run.batches(chosen, model, source, seed=0).take(1).cache().repeat()
        model.fit(batches, steps_per_epoch=WARM_UP, verbose=0)
    spent = {precision: [] for precision in PRECISIONS}
    while sum(map(sum, spent.values())) < seconds or len(spent["float32"]) < 3:
        for precision in PRECISIONS[:: 1 if len(spent["float32"]) % 2 else -1]:
            began = time.process_time()
            models[precision].fit(batches, steps_per_epoch=BLOCK, verbose=0)
            spent[precision].append(time.process_time() - began)
    pairs = zip(*spent.values(), strict=True)
    return {
        "recipe": recipe,
        **{f"{name}_ms": round(1e3 * statistics.median(spent[name]) / BLOCK, 2) for name in spent},
        "ratio": round(statistics.median(single / half for single, half in pairs), 3),
        "blocks": len(spent["float32"]),
        "machine": report.machine(),
    }


def table(lines):
    """Lines of a Markdown table: what wins most comes first."""
    measured = sorted((line for line in lines if "ratio" in line), key=lambda line: -line["ratio"])
    rows = [
        [f"`{line['recipe']}`", *(f"{line[f'{name}_ms']:.4g}" for name in PRECISIONS)]
        + [f"{line['ratio']:.2f}"]
        for line in measured
    ]
    head = ["recipe", "float32, CPU ms a step", "`mixed_bfloat16`", "times faster"]
    processors = sorted({line["machine"]["processor"] for line in measured})
    note = f"Medians of blocks of {BLOCK} steps, ratios of pairs; {', '.join(processors)}."
    return [note, "", *report.table(head, rows)]


def main():
    parser = resumable.parser(__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="CPU seconds for each recipe")
    parser.add_argument("--only", default=",".join(RECIPES))
    arguments = parser.parse_args()
    names = resumable.named(parser, arguments.only, RECIPES, "recipes ")
    if arguments.quick:
        names, arguments.seconds = ["ring"], 0.0
    lines = resumable.lines_of(
        arguments,
        one_run,
        LINES,
        [{"recipe": name} for name in names],
        told=lambda line: f"{line.get('ratio', 'no data here')}",
        seconds=arguments.seconds,
    )
    if arguments.quick:
        print("\n".join(table(lines)))
    else:
        report.write("bfloat16", {"table": table(lines)})


if __name__ == "__main__":
    main()
