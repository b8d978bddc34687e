"""Fake genes beside real ones, shuffled places and a Markov chain.

    python -m benchmarks.quality.genes [--seeds 3] [--rows recipe] [--report]

Writes a line of results/genes.jsonl for each finished run, goes on where it stopped, and puts the
table into docs/results.md. The genes are the bundled splice junctions, a fifth of them held out;
scores are those of `gan-keras evaluate`. --quick tries everything for a few steps, and keeps
nothing.
"""

from benchmarks import resumable
from benchmarks.pages import report, results_page

LINES = report.RESULTS / "genes.jsonl"
ORDER = 3  # of the Markov chain: symbols that the next one depends on

# Row: title, how it is made.
ROWS = {
    "held_out": ("held-out real genes: the floor", "real"),
    "shuffled": ("training genes, each place shuffled within its class", "shuffled"),
    "markov": (f"a Markov chain of order {ORDER} for each class", "markov"),
    "recipe": ("**gan_keras, recipe splice_junctions**", "recipe"),
}
# Column: score, by which its numbers are multiplied.
NAMES = {
    "3-mer JS, millibits": ("kmer_js_3", 1000),
    "6-mer JS, millibits": ("kmer_js_6", 1000),
    "places": ("place_distance", 1),
    "GT of donors": ("motif_ei", 1),
    "AG of acceptors": ("motif_ie", 1),
    "class": ("class_accuracy", 1),
    "copies": ("exact_copies", 1),
    "edits": ("edit_distance", 1),
}


def one_run(*, row, seed, quick):
    """Makes and scores fake genes of one row with one seed: its line."""
    import time

    from gan_keras import data, metrics

    real, held_out = (side(data.source("splice_junctions", split=s)) for s in ("train", "test"))
    source = data.source("splice_junctions")
    title, how = ROWS[row]
    start = time.process_time()
    fake = MAKERS[how](source, held_out, seed=seed, num=100 if quick else 10_000, quick=quick)
    seconds = time.process_time() - start
    found = metrics.evaluate_sequences(
        fake, real, source.kind, held_out=held_out, class_names=source.class_names, seed=seed
    )
    return {
        **{"row": row, "seed": seed, "title": title},
        "scores": {s.metric: round(s.value, 6) for s in found if "@" not in s.metric},
        "data": f"splice_junctions@{source.fingerprint}",
        "num_fake": len(fake.samples),
        "cpu_seconds": round(seconds, 1),
        "machine": report.machine(),
    }


def side(source):
    """Sequences and labels of a source."""
    from gan_keras.metrics.sequences import Side

    return Side(samples=source.samples, labels=source.labels)


def real(source, held_out, **_):
    """The held-out genes themselves."""
    return held_out


def shuffled(source, held_out, *, seed, **_):
    """The training genes with each place shuffled within its class."""
    from gan_keras.metrics import sequences

    samples = sequences.shuffled(source.samples, source.labels, seed=seed)
    return sequences.Side(samples=samples, labels=source.labels)


def markov(source, held_out, *, seed, num, **_):
    """Genes of one chain for each class, which counts words of `ORDER + 1` letters anywhere."""
    import numpy as np

    from gan_keras.metrics.sequences import Side

    random = np.random.default_rng(seed)
    labels = random.choice(source.labels, num)
    length, symbols = source.kind.shape
    samples = np.empty((num, length), "int32")
    for label in np.unique(labels):
        rows, mine = source.samples[source.labels == label], labels == label
        counts = np.full((symbols,) * (ORDER + 1), 0.5)
        windows = np.lib.stride_tricks.sliding_window_view(rows, ORDER + 1, axis=1)
        np.add.at(counts, tuple(windows.reshape(-1, ORDER + 1).T), 1)
        ends = (counts / counts.sum(axis=-1, keepdims=True)).cumsum(axis=-1)
        made = np.empty((mine.sum(), length), "int32")
        made[:, :ORDER] = rows[random.integers(len(rows), size=len(made)), :ORDER]
        for place in range(ORDER, length):
            ends_here = ends[tuple(made[:, place - ORDER : place].T)]
            drawn = (random.random((len(made), 1)) > ends_here).sum(axis=1)
            made[:, place] = np.minimum(drawn, symbols - 1)
        samples[mine] = made
    return Side(samples=samples, labels=labels.astype("int32"))


def recipe(source, held_out, *, seed, num, quick):
    """Samples of the recipe, trained as it says."""
    from benchmarks.quality import training_run

    steps = 8 if quick else None
    return training_run.sampled("splice_junctions", source, seed=seed, num=num, steps=steps)


MAKERS = {"real": real, "shuffled": shuffled, "markov": markov, "recipe": recipe}


def table(lines):
    """Lines of a Markdown table, in the order of `ROWS`."""
    return results_page.table(lines, ROWS, NAMES, what="generated genes")


def main():
    arguments, lines = resumable.lines_of_rows(__doc__, one_run, LINES, ROWS)
    results_page.write("genes", table(lines), arguments)


if __name__ == "__main__":
    main()
