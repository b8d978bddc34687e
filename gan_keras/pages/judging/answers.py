"""The files that judges send back, read and refused.

The checksum catches slips and edits by hand. It is no lock: whoever reads the page's source can
make another.
"""

import dataclasses
import json
import zlib
from pathlib import Path

from gan_keras.pages.judging import staircase

MOST_BYTES = 10_000_000
SLACK = 0.5  # of a frame: by how much a picture may have been there longer or shorter than asked


@dataclasses.dataclass(frozen=True, kw_only=True)
class Answers:
    """What one judge said.

    Attributes:
        path: of the file.
        page: which page it answers.
        truths, said: bools, of the trials that count.
        of: whose samples each of these trials judges; see `trials.Trial`.
        awake: share of the vigilance trials that were right.
        exposures: ms that each counted trial was to be shown; None for as long as one liked.
        kept: bools, whether each was shown so long, by the times of the screen's own frames.
        seconds: median time of a counted answer.
    """

    path: Path
    page: str
    truths: list
    said: list
    of: list
    awake: float
    exposures: list | None
    kept: list
    seconds: float


def read(paths, keys, run):
    """All answers, and the study that they are of.

    Args:
        paths: of files that judges sent.
        keys: studies of the run; see `key.keys`.
        run: what errors call it.

    Returns:
        (a list of `Answers`, the study as a dict).

    Raises:
        ValueError: one line: a file that is no answers, was edited, is of another run or of two
            studies, or a judge that comes twice.
    """
    known = {key["study"]: key for key in keys}
    found, by_page, by_name = [], {}, {}
    study = None
    for path in map(Path, paths):
        about, given = _opened(path)
        if about["study"] not in known:
            raise ValueError(
                f"'{path}' answers a page of another run: '{run}' has no study {about['study']!r}. "
                "Name the run that its page was made from."
            )
        if study is not None and study["study"] != about["study"]:
            raise ValueError(
                f"'{path}' is of another study than '{found[0].path}'. Score each study by itself."
            )
        study = known[about["study"]]
        if study["play"]:
            raise ValueError(f"'{path}' is of a game, whose pages tell the answers. Leave it out.")
        if about["page"] in by_page:
            raise ValueError(
                f"'{path}' answers the same page as '{by_page[about['page']]}'. A judge counts "
                "once: leave one of them out."
            )
        name = about["name"].casefold()
        if name and name in by_name:
            raise ValueError(
                f"'{path}' is by {about['name']!r}, as '{by_name[name]}' is. A judge counts once: "
                "leave one of them out."
            )
        by_page[about["page"]] = by_name[name] = path
        found.append(_matched(path, about, given, study))
    return found, study


def _opened(path):
    """`about` and `answers` of a file, as the page wrote them."""
    if not path.is_file():
        raise ValueError(f"There is no file '{path}'. Name the files that judges sent back.")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError("it is too large")
        whole = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(whole, dict) or not isinstance(whole.get("about", {}), dict):
            raise ValueError("it lacks what a page writes")
        about, given, checksum = whole["about"], whole["answers"], whole["checksum"]
        texts = [about["study"], about["page"], about["name"], checksum]
        if not all(isinstance(text, str) for text in texts) or not isinstance(given, list):
            raise ValueError("it lacks what a page writes")
    except (OSError, KeyError, ValueError, RecursionError) as error:
        reason = f"it lacks {error}" if isinstance(error, KeyError) else error
        raise ValueError(
            f"'{path}' is no file of answers ({reason}). Take the file that the page saved."
        ) from error
    if checksum != checksum_of(about, given):
        raise ValueError(
            f"'{path}' is not as the page wrote it: it was edited or damaged. Ask the judge for "
            "the file again."
        )
    return about, given


def checksum_of(about, given):
    """What the page's script says of the same: CRC-32 of its JSON."""
    text = json.dumps([about, given], ensure_ascii=False, separators=(",", ":"))
    return f"{zlib.crc32(text.encode('utf-8', 'surrogatepass')):08x}"


def _matched(path, about, given, study):
    """The `Answers` of a file, each set beside its truth."""
    trials = next((p["trials"] for p in study["pages"] if p["page"] == about["page"]), None)
    is_whole = trials is not None and len(given) == len(trials)
    is_whole = is_whole and all(
        isinstance(one, dict)
        and one.get("trial") == place
        and isinstance(one.get("said"), bool)
        and isinstance(one.get("ms"), int)
        for place, one in enumerate(given)
    )
    if not is_whole:
        raise ValueError(
            f"'{path}' does not answer each trial of its page once. Ask the judge for the file "
            "that the page saved at its end."
        )
    rows = [(*trial, one) for trial, one in zip(trials, given, strict=True)]
    judged = [(truth, of, one) for part, truth, of, one in rows if part == "judged"]
    awake = [one["said"] == truth for part, truth, _, one in rows if part == "vigilance"]
    times = sorted(one["ms"] for _, _, one in judged)
    found = Answers(
        path=path,
        page=about["page"],
        truths=[truth for truth, _, _ in judged],
        said=[one["said"] for _, _, one in judged],
        of=[of for _, of, _ in judged],
        awake=sum(awake) / len(awake),
        exposures=None if study["exposure"] is None else [one.get("asked") for *_, one in judged],
        kept=[study["exposure"] is None or _was_shown(one, about) for *_, one in judged],
        seconds=times[len(times) // 2] / 1000,
    )
    if study["exposure"] is not None and found.exposures != _asked(found, study["exposure"]):
        raise ValueError(
            f"'{path}' was not shown for the times of its study. Ask the judge for the file again."
        )
    return found


def _was_shown(one, about):
    """Whether a picture was there for as many frames as it was to be.

    A browser that is late with a frame shows what is there once more.
    """
    numbers = [one.get("frames"), one.get("shown"), about.get("frame")]
    if not all(isinstance(number, int) and number > 0 for number in numbers):
        return False
    frames, tenths, frame = numbers
    return abs(tenths * 100 - frames * frame) <= SLACK * frame  # microseconds


def _asked(found, exposure):
    """The exposures that the page must have asked for, given the answers."""
    if exposure != "adaptive":
        return [exposure] * len(found.truths)
    pairs = zip(found.truths, found.said, strict=True)
    return staircase.course([truth == said for truth, said in pairs])
