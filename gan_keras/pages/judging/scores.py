"""Scores of a study, each with its protocol: what people make of a run's samples."""

import dataclasses
import statistics

from gan_keras.metrics import score as score_file
from gan_keras.metrics.score import Score
from gan_keras.pages.judging import answers, interval, key, signal, staircase
from gan_keras.pages.judging.trials import RUNS, VIGILANCE
from gan_keras.running import runs

AWAKE = 0.8  # share of the vigilance trials that a judge must get right to count
SHOWN = 0.5  # share of the timed trials that must have been shown as long as asked
NAMES = ("error", "error_fake", "error_real", "d_prime", "bias")
COMPARED = ("error", "error_fake", "d_prime")  # errors on real ones say nothing of either run


@dataclasses.dataclass(frozen=True, kw_only=True)
class Scored:
    """What came of a study.

    Attributes:
        scores: list of `metrics.Score`; `std` is the spread over judges, `interval` Student's t.
        bootstrap: dict from a score's name to HYPE's interval, or None for one judge.
        judged: list of (`answers.Answers`, `signal.Judged` of the run), of the judges that count.
        asleep: list of `answers.Answers` that do not: too many vigilance trials were missed.
        unshown: list of `answers.Answers` that do not: their screens were late too often.
    """

    scores: list
    bootstrap: dict
    judged: list
    asleep: list
    unshown: list


def scored(run, paths, *, write=True):
    """Scores a study by the answers that came back, and adds them to the run's scores.jsonl.

    Of a study with a second run beside, that run's scores end in "@" and its name; a difference is
    the run's minus the other's, taken judge by judge, so that what a judge is like falls out.

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
    awake = [one for one in given if one.awake >= AWAKE]
    unshown = [one for one in awake if _is_late(one)]
    judged = [(one, _judged(one, study, "fake")) for one in awake if one not in unshown]
    if unshown and not judged:
        raise ValueError(
            "No judge's screen showed half of the pictures for as long as the study asks. Use an "
            "idle machine, or make the study anew without --exposure."
        )
    if not judged:
        raise ValueError(
            f"No judge was awake: each missed more than {100 - 100 * AWAKE:.0f} of 100 pictures "
            "that nobody awake misses. Ask others."
        )
    values = _values(judged, study)
    scores = [_score(name, found, judged, asleep, unshown, study) for name, found in values.items()]
    if write:
        score_file.write(run.scores_file, scores)
    return Scored(
        scores=scores,
        bootstrap={name: interval.bootstrap(found) for name, found in values.items()},
        judged=judged,
        asleep=asleep,
        unshown=unshown,
    )


def _is_late(one):
    """Whether a screen was late too often, in all or in the half that makes a threshold."""
    kept = one.kept
    if any(sum(part) < SHOWN * len(part) for part in (kept, kept[len(kept) // 2 :])):
        return True
    asked = set(zip(one.truths, one.of, strict=True))
    return asked != {(one.truths[i], one.of[i]) for i, is_kept in enumerate(kept) if is_kept}


def _judged(one, study, whose):
    """Of one run's samples: all trials that do not judge another's."""
    places = [i for i, is_kept in enumerate(one.kept) if is_kept and one.of[i] in (whose, None)]
    truths, said = ([side[place] for place in places] for side in (one.truths, one.said))
    return signal.judged(truths, said, pairs=study["mode"] == "pairs")


def _values(judged, study):
    """Dict from the name of a score to its value for each judge."""
    if study["exposure"] == "adaptive":  # which keeps the error at a quarter, whoever judges
        found = [staircase.threshold(one.exposures, one.kept) for one, _ in judged]
        return {"human_threshold_ms": found}
    found = {f"human_{name}": [getattr(own, name) for _, own in judged] for name in NAMES}
    if study["beside"] is not None:
        others = [_judged(one, study, RUNS[1]) for one, _ in judged]
        end = f"@{study['beside']['run']}"
        found |= {f"human_{name}{end}": [getattr(own, name) for own in others] for name in NAMES}
        for name in COMPARED:
            ours, theirs = found[f"human_{name}"], found[f"human_{name}{end}"]
            if None not in ours:
                both = zip(ours, theirs, strict=True)
                found[f"human_{name}_difference{end}"] = [our - their for our, their in both]
    return {name: values for name, values in found.items() if None not in values}


def _score(name, values, judged, asleep, unshown, study):
    found = interval.student(values)
    if found is not None and name.startswith("human_error") and "_difference@" not in name:
        found = (max(0.0, found[0]), min(1.0, found[1]))
    return Score(
        metric=name,
        value=statistics.fmean(values),
        std=statistics.stdev(values) if len(values) > 1 else None,
        extractor=protocol(study, [one for one, _ in judged], len(asleep), len(unshown)),
        resize="shown at {}x{} pixels".format(*study["shown"]),
        num_real=study["num"] * len(judged),
        num_fake=study["num"] * len(judged),
        data=study["data"],
        seed=study["seed"],
        interval=found,
    )


def protocol(study, counted, num_asleep, num_unshown=0):
    """How people judged, in one line; `counted` are the `answers.Answers` that count."""
    num = len(counted)
    how = {"one": "one picture at a time", "pairs": "two pictures at a time, one of them real"}
    exposure, beside = study["exposure"], study["beside"]
    among = beside and f", among those of {beside['run']}, step {beside['step']}"
    time = {None: "unlimited time", "adaptive": "time by a staircase to 75% right"}
    late = ""
    if exposure is not None:
        num_late = sum(not is_kept for one in counted for is_kept in one.kept)
        late = f", {num_late} trials and {num_unshown} judges left out whose screen was late"
    return (
        f"{num} {'person' if num == 1 else 'people'}, {how[study['mode']]}, "
        f"{time.get(exposure, f'{exposure} ms and a mask')}, step {study['step']}{among or ''}, "
        f"{VIGILANCE} vigilance trials, {num_asleep} judges left out by them{late}@{study['study']}"
    )
