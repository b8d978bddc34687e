"""The benchmark of genes: its table, generated and by hand, and its Markov chain."""

import numpy as np

from benchmarks import resumable
from benchmarks.pages import report, results_page
from benchmarks.quality import genes
from gan_keras import data, kinds


def test_rows_by_hand():
    common = {"row": "recipe", "data": "d@1", "num_fake": 5, "cpu_seconds": 300.0}
    common |= {"machine": {"processor": "p"}}
    scores = {name: 0.5 for name, _ in genes.NAMES.values()}
    # 0.001 and 0.003 bits: mean 2 millibits, deviation sqrt(2) of them.
    lines = [
        {**common, "seed": seed, "scores": {**scores, "kmer_js_3": 0.001 + seed / 500}}
        for seed in range(2)
    ]
    made = genes.table(lines)
    assert made[2].startswith("| held-out real genes: the floor | not run |")
    assert made[5].startswith(
        "| **gan_keras, recipe splice_junctions** | 2.00 ± 1.41 | 500.0 ± 0.0"
    )
    assert made[5].endswith("| 300.0 ± 0.0 | 2 |")


def test_page_shows_the_genes():
    page = results_page.PAGE.read_text(encoding="utf-8")
    made = genes.table(resumable.read(genes.LINES))
    assert report.with_table(page, "genes", made) == page


def test_a_chain_says_what_follows():
    """After any three letters of ACGTACGT... comes the next one, nearly always."""
    rows = (np.arange(40) + np.arange(500)[:, None]).astype("int32") % 4
    kind = kinds.Tokens(vocabulary="ACGT", length=40)
    source = data.Source(name="x", samples=rows, labels=np.zeros(500, "int32"), kind=kind)
    made = genes.markov(source, None, seed=0, num=50).samples
    assert ((made[:, 1:] - made[:, :-1]) % 4 == 1).mean() > 0.98
