"""A study of a run: a folder of blind pages, one a judge, and their key."""

import json
import secrets
from pathlib import Path

import numpy as np

from gan_keras import files, images
from gan_keras.pages.judging import key, pictures, trials, verdicts
from gan_keras.pages.judging.page import SIDE, page
from gan_keras.running import runs, sampling
from gan_keras.version import __version__

MASKS = 4


def make(run, out, *, num=50, judges=3, mode="one", exposure=None, play=False, beside=None, seed=0):
    """Writes a study of a run's newest checkpoint into a new folder.

    Args:
        run: a `runs.Run` or a folder.
        out: path of the folder, which must not be there.
        num: real pictures of a judge that count, and as many generated ones. Defaults to 50.
        judges: how many pages, each with pictures of its own. Defaults to 3.
        mode: "one" picture at a time, or "pairs", of which one is real.
        exposure: ms that each picture shows, from 20 to 2,000; "adaptive", for a staircase to where
            a judge is right three times in four; or None (the default), for as long as one likes.
        play: whether the pages tell the answers, and play the run's own discriminator. Such pages
            can't be scored. Defaults to False.
        beside: another run of the same data, or its folder, whose newest checkpoint's samples,
            `num` a judge, come among the others, so that the same people judge both. Defaults to
            None.
        seed: of latents, of which real images, and of orders. Defaults to 0.

    Returns:
        The paths of the pages.

    Raises:
        ValueError: a run without checkpoint or images, too few real images, a number out of range,
            play against a discriminator that does not judge single images, or a run beside that
            has other data, is the same, or does not go with the rest.
    """
    check(num, judges, mode, exposure)
    if play and mode == "pairs":
        raise ValueError("The network judges one picture at a time. Leave --pairs, or --play, out.")
    run, out = run if isinstance(run, runs.Run) else runs.Run(run), Path(out)
    config = run.read_config()
    other = None
    if beside is not None:
        beside = beside if isinstance(beside, runs.Run) else runs.Run(beside)
        check_beside(run, beside, exposure, play)
        other = sampling.load(beside)
    model = sampling.load(run)
    num_runs = 1 if other is None else 2
    real, fake = judges * trials.num_real(num, mode, num_runs), judges * trials.num_fake(num)
    found = pictures.of(
        model, config["settings"], num_real=real, num_fake=fake, seed=seed, other=other
    )
    height, width = found.real.shape[1:3]
    scale = max(1, round(SIDE / max(height, width)))
    identity = secrets.token_hex(6)
    study = {
        "format": key.FORMAT,
        "study": identity,
        "run": run.name,
        "step": model.steps_done,
        "seed": seed,
        "data": found.data,
        "mode": mode,
        "exposure": exposure,
        "play": play,
        "beside": other and {"run": beside.name, "step": other.steps_done},
        "num": num,
        "shown": [width * scale, height * scale],
        "version": __version__,
        "pages": [],
    }
    texts = [
        _page(study, number, found, model if play else None) for number in range(1, judges + 1)
    ]
    out.mkdir(parents=True)
    paths = [out / f"judge-{number}.html" for number in range(1, judges + 1)]
    files.write_text(out / key.NAME, json.dumps(study, indent=1) + "\n")  # no page without a key
    for path, text in zip(paths, texts, strict=True):
        files.write_text(path, text)
    return paths


def check(num, judges, mode, exposure):
    """Raises ValueError for numbers that make no study."""
    if mode not in trials.MODES:
        raise ValueError(f"`mode` is {mode!r}, but must be one of {', '.join(trials.MODES)}.")
    if num < 2 or judges < 1:
        raise ValueError(
            f"A study takes at least one judge, and 2 images of each sort. Received: {judges} "
            f"judges, {num} images."
        )
    is_time = isinstance(exposure, int) and 20 <= exposure <= 2000
    if exposure not in (None, "adaptive") and not is_time:
        raise ValueError(
            f"`exposure` is 'adaptive' or a whole number of ms from 20 to 2000. Received: "
            f"{exposure!r}"
        )


def check_beside(run, beside, exposure, play):
    """Raises ValueError for runs that no study compares."""
    if play or exposure == "adaptive":
        raise ValueError(
            f"{'A game' if play else 'A staircase'} is of one run alone. Leave --beside out, or "
            f"{'--play' if play else '--exposure adaptive'}."
        )
    if run.folder.resolve() == beside.folder.resolve():
        raise ValueError(f"--beside names the run itself, '{beside.folder}'. Name another.")
    ours, theirs = (one.read_config().get("data") or {} for one in (run, beside))
    if all(ours.get(word) != theirs.get(word) for word in ("name", "fingerprint")):
        raise ValueError(
            f"'{run.folder}' was trained on {ours.get('name')}, '{beside.folder}' on "
            f"{theirs.get('name')}: the real images would be those of one alone. Compare runs on "
            "the same data."
        )


def _page(study, number, found, model):
    """The text of one judge's page, whose truths are added to the study."""
    num, mode = study["num"], study["mode"]
    # The study's own name is in it, else all studies of one seed would have the same answers.
    seed = [study["seed"], number, int.from_bytes(study["study"].encode(), "big")]
    num_runs = 1 if study["beside"] is None else 2
    drawn = trials.drawn(num, mode, seed, num_runs)
    random = np.random.default_rng([*seed, 1])
    first = {
        "real": (number - 1) * trials.num_real(num, mode, num_runs),
        **dict.fromkeys(trials.RUNS, (number - 1) * trials.num_fake(num)),
    }
    names = [name for trial in drawn for name in trial.pictures]
    arrays, labels = [], []
    for kind, place in names:
        if kind == "shuffled":
            arrays.append(pictures.shuffled(found.real[random.integers(len(found.real))], random))
            labels.append(0)
            continue
        place += first[kind]
        arrays.append(getattr(found, kind)[place])
        own = getattr(found, f"{kind}_labels")
        labels.append(0 if own is None else int(own[place]))
    study["pages"].append(
        {
            "page": f"{study['study']}-{number}",
            "trials": [[trial.part, trial.truth, trial.of] for trial in drawn],
        }
    )
    places = iter(range(len(names)))
    drawn = [
        trials.Trial(trial.part, trial.truth, tuple(next(places) for _ in trial.pictures))
        for trial in drawn
    ]
    said = None
    if model is not None:
        said = _verdicts(model, found, drawn, arrays, labels)
    masks = [
        pictures.link(pictures.shuffled(found.real[random.integers(len(found.real))], random))
        for _ in range(MASKS if study["exposure"] is not None else 0)
    ]
    links = [pictures.link(array) for array in arrays]
    return page(study, number, drawn, links, masks, said)


def _verdicts(model, found, drawn, arrays, labels):
    """What the discriminator says of each picture that counts; of the others, nothing."""
    counted = [trial.pictures[0] for trial in drawn if trial.part == "judged"]
    batch = images.to_float(np.stack([arrays[place] for place in counted]))
    own = np.array([labels[place] for place in counted], "int32")
    calls = verdicts.of(model, batch, None if found.real_labels is None else own)
    return {place: bool(call) for place, call in zip(counted, calls, strict=True)}
