"""docs/beyond_images.md: its code runs, and it names what is there."""

import itertools
import pathlib
import re

from gan_keras.metrics import SEQUENCE_METRICS, SERIES_METRICS, SOUND_METRICS, VIDEO_METRICS
from gan_keras.metrics.sounds import SOUND_PAIRS
from gan_keras.metrics.videos import OWN

TEXT = (pathlib.Path(__file__).parent.parent / "docs" / "beyond_images.md").read_text("utf-8")


def test_the_code_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {}
    for block in re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL):
        exec(block, names)
    assert names["rows"].tolist() == [[2, 0, 3, 1], [0, 0, 0, 0]]
    assert {score.metric for score in names["scores"]} >= {"kmer_js_3", "motif_ei"}
    assert {score.metric for score in names["found"]} >= {"lag_1", "marginal_ks@shuffled"}
    law = {score.metric: score.value for score in names["moves"]}
    assert law["law_residual"] < 0.5 < law["law_residual@shuffled"]
    assert names["weather"].kind.class_names[18] == "airport=JFK month=7"


def test_every_score_says_what_it_sees():
    tables = (SEQUENCE_METRICS, SERIES_METRICS, SOUND_METRICS, SOUND_PAIRS, VIDEO_METRICS)
    for name in itertools.chain(*tables, *OWN.values()):
        assert f"| `{name}` |" in TEXT, name
