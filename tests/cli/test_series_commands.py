"""`gan-keras evaluate` on series in files, and what it and `train` refuse."""

import numpy as np
import pytest
from test_table_commands import done, refused

from gan_keras import data
from gan_keras.metrics.score import read

CHEAP = "autocorrelation,marginal_ks"


def written(path, num, seed, last=()):
    """A file of days at two places, one of which is colder."""
    random, lines = np.random.default_rng(seed), ["day,place,temp,rain"]
    for day in range(num):
        temp = 10 * (day % 2) + random.normal(size=6).cumsum()
        lines += [f"{day},{'xy'[day % 2]},{t:.1f},{random.integers(2)}" for t in temp]
    path.write_text("\n".join([*lines, *last, ""]), encoding="utf-8")
    return path


@pytest.fixture
def files(tmp_path):
    return [written(tmp_path / f"{name}.csv", 40, seed) for seed, name in enumerate("abc")]


def test_scores_of_files(files, tmp_path):
    fake, real, rest = files
    out = tmp_path / "scores.jsonl"
    both = ("--against", real, "--series", "day", "--metrics", CHEAP)
    told = done("evaluate", fake, *both, "--held-out", rest, "--out", out)
    assert "40 real series, of the fake ones up to 40" in told
    found = {score.metric: score.value for score in read(out)}
    assert {"lag_1", "lag_1@shuffled", "lag_1@held_out", "marginal_ks"} <= set(found)
    assert found["autocorrelation"] < found["autocorrelation@shuffled"]
    told = done("evaluate", fake, "--against", real, "--series", "day")
    assert "No floor: that takes real series never trained on, --held-out FILE." in told


def test_scores_beside_bundled_series(tmp_path):
    """Its own held-out days play the fakes."""
    source = data.source("weather", split="test")
    source.kind.write(tmp_path / "days.csv", source.samples, source.labels)
    fake = ("evaluate", tmp_path / "days.csv", "--against", "weather", "--metrics", "marginal_ks")
    assert "876 real series" in done(*fake, "--out", tmp_path / "scores.jsonl")


def test_scores_of_series_of_several_lengths(tmp_path):
    """The fakes' longest is shorter than the real ones' longest."""
    for name, longest in (("fake", 4), ("real", 5)):
        rows = [
            f"{day},{'xy'[day % 2]},{day % 3 + hour}.5,{hour % 2}"
            for day in range(40)
            for hour in range(2 + day % (longest - 1))
        ]
        text = "\n".join(["day,place,temp,rain", *rows, ""])
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    out = tmp_path / "scores.jsonl"
    both = ("--against", tmp_path / "real.csv", "--series", "day", "--metrics", CHEAP)
    told = done("evaluate", tmp_path / "fake.csv", *both, "--out", out)
    assert "40 real series" in told
    assert all(np.isfinite(score.value) for score in read(out))


def test_what_does_not_go_with_series_is_refused(files, tmp_path):
    fake, real, _ = files
    assert "Say --against which real series" in refused("evaluate", fake, "--series", "day")
    both = ("--against", real, "--series", "day")
    assert "--target is not for series" in refused("evaluate", fake, *both, "--target", "rain")
    assert "Unknown metric of series 'fid'" in refused("evaluate", fake, *both, "--metrics", "fid")
    assert "certificate is of a table or of images, but these data are signals" in refused(
        "certificate", "weather", "--against", "weather"
    )
    other = written(tmp_path / "other.csv", 40, 0)
    other.write_text(other.read_text("utf-8").replace("temp", "heat"), encoding="utf-8")
    assert "has the channels heat, rain and the attributes place, but temp, rain" in refused(
        "evaluate", other, *both
    )
    elsewhere = written(tmp_path / "elsewhere.csv", 40, 0)
    elsewhere.write_text(elsewhere.read_text("utf-8").replace(",y,", ",z,"), encoding="utf-8")
    assert "has a series with place=z, which the others lack" in refused(
        "evaluate", elsewhere, *both
    )


@pytest.mark.parametrize(
    ("last", "arguments", "message"),
    [
        (["40,x,1.0,0"], ("data_arguments.series=day",), "series 41 has 1, most have 6"),
        (["40,x,?,0"] * 6, ("data_arguments.series=day",), "no finite number of 'temp' at step 1"),
        ([], (), "has no column 'series' that says which series"),
        ([], ("data_arguments.series=day", "network=sequence"), "is for tokens, but"),
        ([], ("data_arguments.series=day", "data_arguments.drop=place"), "--set conditional=False"),
    ],
)
def test_a_bad_file_is_refused_before_there_is_a_run(tmp_path, last, arguments, message):
    path, out = written(tmp_path / "a.csv", 40, 0, last), tmp_path / "run"
    settings = [word for one in arguments for word in ("--set", one)]
    assert message in refused("train", "series", "--data", path, "--out", out, *settings)
    assert not out.exists()
