"""Scores of a study, each with its protocol: what people make of a run's samples."""

import dataclasses
import statistics

from gan_keras.metrics import score as score_file
from gan_keras.metrics.score import Score
from gan_keras.pages.judging import answers, interval, key, signal, staircase
from gan_keras.pages.judging.trials import VIGILANCE
from gan_keras.running import runs

AWAKE = 0.8  # share of the vigilance trials that a judge must get right to count
SHARES = ("human_error", "human_error_fake", "human_error_real")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Scored:
    """What came of a study.

    Attributes:
        scores: list of `metrics.Score`; `std` is the spread over judges, `interval` Student's t.
        bootstrap: dict from a score's name to HYPE's interval, or None for one judge.
        judged: list of (`answers.Answers`, `signal.Judged`), of the judges that count.
        asleep: list of `answers.Answers` that do not: too many vigilance trials were missed.
    """

    scores: list
    bootstrap: dict
    judged: list
    asleep: list


def scored(run, paths, *, write=True):
    """Scores a study by the answers that came back, and adds them to the run's scores.jsonl.

    Args:
        run: a `runs.Run` or a folder.
        paths: of files of answers, of one study.
        write: whether scores.jsonl gets them. Defaults to True.

    Returns:
        `Scored`.

    Raises:
        ValueError: as `answers.read`; no file; or nobody was awake.
    """
    run = run if isinstance(run, runs.Run) else runs.Run(run)
    run.read_config()
    if not paths:
        raise ValueError("Name the files of answers that came back: --score answers/*.json")
    given, study = answers.read(paths, key.keys(run), run.folder)
    asleep = [one for one in given if one.awake < AWAKE]
    judged = [(one, _judged(one, study)) for one in given if one.awake >= AWAKE]
    if not judged:
        raise ValueError(
            f"No judge was awake: each missed more than {100 - 100 * AWAKE:.0f} of 100 pictures "
            "that nobody awake misses. Ask others."
        )
    values = _values(judged, study)
    scores = [_score(name, found, judged, asleep, study) for name, found in values.items()]
    if write:
        score_file.write(run.scores_file, scores)
    return Scored(
        scores=scores,
        bootstrap={name: interval.bootstrap(found) for name, found in values.items()},
        judged=judged,
        asleep=asleep,
    )


def _judged(one, study):
    return signal.judged(one.truths, one.said, pairs=study["mode"] == "pairs")


def _values(judged, study):
    """Dict from the name of a score to its value for each judge."""
    if study["exposure"] == "adaptive":  # which keeps the error at a quarter, whoever judges
        return {"human_threshold_ms": [staircase.threshold(one.exposures) for one, _ in judged]}
    names = ("error", "error_fake", "error_real", "d_prime", "bias")
    found = {f"human_{name}": [getattr(own, name) for _, own in judged] for name in names}
    return {name: values for name, values in found.items() if None not in values}


def _score(name, values, judged, asleep, study):
    found = interval.student(values)
    if found is not None and name in SHARES:
        found = (max(0.0, found[0]), min(1.0, found[1]))
    return Score(
        metric=name,
        value=statistics.fmean(values),
        std=statistics.stdev(values) if len(values) > 1 else None,
        extractor=protocol(study, len(judged), len(asleep)),
        resize="shown at {}x{} pixels".format(*study["shown"]),
        num_real=study["num"] * len(judged),
        num_fake=study["num"] * len(judged),
        data=study["data"],
        seed=study["seed"],
        interval=found,
    )


def protocol(study, num, num_asleep):
    """How people judged, in one line."""
    how = {"one": "one picture at a time", "pairs": "two pictures at a time, one of them real"}
    exposure = study["exposure"]
    time = {None: "unlimited time", "adaptive": "time by a staircase to 75% right"}
    return (
        f"{num} {'person' if num == 1 else 'people'}, {how[study['mode']]}, "
        f"{time.get(exposure, f'{exposure} ms and a mask')}, step {study['step']}, {VIGILANCE} "
        f"vigilance trials, {num_asleep} judges left out by them@{study['study']}"
    )
