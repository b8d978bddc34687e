"""Simulated judges: files of answers as the page writes them, without a browser."""

import json

from gan_keras.pages.judging import key, staircase, trials
from gan_keras.pages.judging.answers import checksum_of


def studied(
    run, *, num=10, judges=3, mode="one", exposure=None, play=False, beside=None, study="abc"
):
    """A study's key beside a run, without pages; returns it."""
    found = {
        "format": key.FORMAT,
        "study": study,
        "run": run.name,
        "step": 100,
        "seed": 4,
        "data": "fashion_mnist_10k/train@f00d",
        "mode": mode,
        "exposure": exposure,
        "play": play,
        "beside": beside,
        "num": num,
        "shown": [280, 280],
        "version": "0.2.0",
        "pages": [
            {
                "page": f"{study}-{number}",
                "trials": [
                    [t.part, t.truth, t.of]
                    for t in trials.drawn(num, mode, [4, number], 1 if beside is None else 2)
                ],
            }
            for number in range(1, judges + 1)
        ],
    }
    folder = run.folder / f"judging-{study}"
    folder.mkdir()
    (folder / key.NAME).write_text(json.dumps(found), encoding="utf-8")
    return found


def answered(path, study, number, says, *, name="", late=()):
    """Writes the answers of a judge; `says` is a function (place among its part, part, truth).

    Of a study of two runs it also takes, as `of`, whose samples a trial judges.

    The screen was a frame late in the counted trials whose places are in `late`.
    """
    page = study["pages"][number - 1]
    given, places, exposure = [], {}, staircase.FIRST
    for place, (part, truth, of) in enumerate(page["trials"]):
        index = places[part] = places.get(part, -1) + 1
        whose = {} if study["beside"] is None else {"of": of}
        said = bool(says(index, part, truth, **whose))
        one = {"trial": place}
        if study["exposure"] is not None:
            asked = exposure if study["exposure"] == "adaptive" else study["exposure"]
            one |= {"asked": asked, "frames": round(asked / 16.67), "shown": asked * 10}
            one["shown"] += 167 * (part == "judged" and index in late)
            if part == "judged":
                exposure = staircase.following(exposure, said == truth)
        given.append({**one, "said": said, "ms": 900})
    about = {"format": 1, "study": study["study"], "page": page["page"], "name": name}
    about |= {"begun": 0, "ended": 1, "frame": 16667}
    write(path, about, given)
    return path


def write(path, about, given):
    """A file with a checksum that fits."""
    whole = {"about": about, "answers": given, "checksum": checksum_of(about, given)}
    path.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
