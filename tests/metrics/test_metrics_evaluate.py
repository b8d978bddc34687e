"""From samples to scores: batches, caching, protocol and bad input."""

import functools
import glob
import os

import keras
import numpy as np
import pytest

from gan_keras import data, metrics
from gan_keras.metrics import (
    Score,
    evaluate,
    features,
    random_part,
    statistics,
    stream,
    table,
    task_scores,
)
from gan_keras.metrics.features import classifier, classifier_file, classifier_network


@pytest.fixture(scope="module")
def source():
    return data.source("fashion_mnist_10k")


def by_name(scores):
    return {score.metric: score for score in scores}


def test_scores_do_not_depend_on_how_samples_arrive(source, tmp_path):
    fake, real = source.samples[:240], source.samples[5000:5220]
    extractor = features.get("fashion_mnist_classifier")
    extractor.batch_size = 100  # so that parts run across the ends of its blocks

    def scores(batches):
        return evaluate(
            batches, real, metrics=["fid", "inception_score", "prdc"], num=240,
            extractor=extractor, cache_dir=tmp_path,
        )  # fmt: skip

    whole = scores(fake)
    assert [score.metric for score in whole] == [
        "fid", "inception_score", "precision", "recall", "density", "coverage",
    ]  # fmt: skip
    for size in (1, 99, 220):
        parts = [fake[start : start + size] for start in range(0, 240, size)]
        assert scores(iter(parts)) == whole  # bitwise
        assert scores(lambda num, parts=parts: parts) == whole
    assert scores(fake / np.float32(127.5) - np.float32(1)) == whole  # floats become bytes
    pairs = data.Source(name="pairs", samples=fake, labels=source.labels[:240])
    assert scores(pairs.batches(80, shuffle=False)) == whole


def test_a_score_carries_its_protocol(source, tmp_path):
    [score] = evaluate(
        source.samples[:200], source, metrics=["fid"], num=100, num_real=150, seed=4,
        split="train", cache_dir=tmp_path,
    )  # fmt: skip
    assert isinstance(score, Score)
    assert score.num_fake == 100
    assert score.num_real == 150
    assert score.seed == 4
    assert score.resize == "none"
    assert score.data == f"fashion_mnist_10k/train@{source.fingerprint}"
    name, fingerprint = score.extractor.split("@")
    assert name == "fashion_mnist_classifier"
    assert len(fingerprint) == 16


def test_never_more_images_than_a_block(source):
    largest = 0

    def batches(num):
        for start in range(0, num, 100):
            yield source.samples[start : start + 100]

    class Watching(features.Extractor):
        name, batch_size, fingerprint = "watching", 250, "0"

        def extract(self, images):
            nonlocal largest
            largest = max(largest, len(images))
            return images.reshape(len(images), -1)[:, 380:400].astype("float32"), None

    seen = []
    [score] = evaluate(
        batches, source, metrics=["fid"], extractor=Watching(), num=1000, cache_dir=False,
        progress=lambda what, done, num: seen.append((what, done, num)),
    )  # fmt: skip
    assert largest == 250
    assert score.num_fake == 1000
    assert seen[-4:] == [("fake", n, 1000) for n in (250, 500, 750, 1000)]


def test_real_statistics_are_kept_and_used(tmp_path):
    points = np.random.default_rng(0).normal(size=(300, 3)).astype("float32")
    seen = []

    def score(real, **options):
        seen.clear()
        return evaluate(
            points + 1, real, metrics=["fid"], extractor="pixels", cache_dir=tmp_path,
            progress=lambda what, done, num: seen.append(what), **options,
        )  # fmt: skip

    first = score(points)
    assert "real" in seen
    assert score(points) == first
    assert "real" not in seen  # from the cache
    score(points, split="test")
    assert "real" in seen  # another split is another entry
    score(points, num_real=200)
    assert "real" in seen
    score(points * 2)
    assert "real" in seen  # other data are another entry
    assert len(os.listdir(tmp_path)) == 4


def test_a_kept_statistic_that_no_longer_fits_is_an_error(tmp_path):
    points = np.random.default_rng(0).normal(size=(300, 3)).astype("float32")

    def score(real):
        return evaluate(
            points, real, metrics=["fid"], extractor="pixels", cache_dir=tmp_path,
            fingerprint="claimed",
        )  # fmt: skip

    score([points])
    with pytest.raises(ValueError, match=r"no longer fit: their first images is.*Delete it"):
        score([points + 1])  # other data under the same fingerprint
    [path] = glob.glob(f"{tmp_path}/*.npz")
    with open(path, "r+b") as file:
        file.truncate(os.path.getsize(path) // 2)
    with pytest.raises(ValueError, match=r"cannot be read.*Delete it"):
        score([points])


def test_a_kept_statistic_under_anothers_name_is_noticed(tmp_path):
    points = np.random.default_rng(0).normal(size=(300, 3)).astype("float32")
    options = {"metrics": ["fid"], "extractor": "pixels", "cache_dir": tmp_path}
    evaluate(points, points, **options)
    [mine] = glob.glob(f"{tmp_path}/*.npz")
    os.rename(mine, mine + ".aside")
    evaluate(points, points, split="test", **options)
    [other] = glob.glob(f"{tmp_path}/*.npz")
    os.replace(mine + ".aside", other)
    with pytest.raises(ValueError, match=r"no longer fit: their split is None, .* test"):
        evaluate(points, points, split="test", **options)


class Halves(features.Extractor):
    """Eight pixels as features; the ninth says which of two classes an image belongs to."""

    name, fingerprint, num_classes = "halves", "0", 2

    def extract(self, images):
        flat = images.reshape(len(images), -1).astype("float32") / 255
        return flat[:, :8], np.stack([1 - flat[:, 8], flat[:, 8]], axis=1)


def labelled(seed, num=1000):
    """Noise, 12 x 12, of two classes as `Halves` sees them."""
    samples = np.random.default_rng(seed).integers(0, 256, (num, 12, 12, 1), dtype="uint8")
    labels = (samples.reshape(num, -1)[:, 8] > 127).astype("int32")
    return data.Source(name=f"noise_{seed}", samples=samples, labels=labels)


def test_every_metric_of_the_table_runs_and_is_finite(monkeypatch):
    few = functools.partial(metrics.kernel_distance, num_subsets=3)
    monkeypatch.setattr(table, "kernel_distance", few)
    monkeypatch.setattr(statistics, "KEPT_IMAGES", 30)  # of which pairs and patches are taken
    asked = []

    def gan_train(images, labels, questions, answers, *, epochs, seed):
        asked.append((images[0], questions[0]))
        assert len(images) == len(labels)
        assert len(questions) == len(answers)
        return 0.75

    monkeypatch.setattr(task_scores.task_based, "gan_train", gan_train)
    fake, real, held_out = labelled(0), labelled(1), labelled(2, num=400)
    scores = by_name(
        evaluate(
            fake, real, metrics=list(metrics.METRICS), extractor=Halves(), held_out=held_out,
            cache_dir=False,
        )
    )  # fmt: skip
    assert all(np.isfinite(score.value) for score in scores.values())
    assert {
        "fid", "fid_infinity", "kid", "recall", "ms_ssim_by_class_real", "memorization", "modes",
        "reverse_kl", "pyramid_12", "gan_train", "gan_test", "gan_base",
    } <= set(scores)  # fmt: skip
    assert scores["kid"].std > 0
    assert scores["memorization"].std > 0
    assert scores["modes"].value == 2
    # 3 of 4 right: a standard error of sqrt(0.75 * 0.25 / 400)
    assert abs(scores["gan_train"].std - 0.0216506) < 1e-6
    assert scores["gan_train"].extractor.startswith("task_classifier@")
    assert scores["fid"].data == f"noise_1@{real.fingerprint}"
    beside = f"noise_1@{real.fingerprint}, held out noise_2@{held_out.fingerprint}"
    assert {scores[name].data for name in ("memorization", "gan_train", "gan_base")} == {beside}
    assert scores["ms_ssim_by_class"].extractor == "none@0000000000000000"
    # Who learns from whom: samples and held out, real and samples, real and held out
    expected = [(fake, held_out), (real, fake), (real, held_out)]
    for (learnt, question), pair in zip(asked, expected, strict=True):
        assert np.array_equal(learnt, pair[0].samples[0])
        assert np.array_equal(question, pair[1].samples[0])


def test_scores_of_images_see_all_classes_of_sorted_data(source, monkeypatch):
    monkeypatch.setattr(statistics, "KEPT_IMAGES", 500)
    by_class = np.argsort(source.labels, kind="stable")
    scores = {}
    for name, order in (("sorted", by_class), ("as they come", np.arange(10_000))):
        real = data.Source(name=name, samples=source.samples[order], labels=source.labels[order])
        [_, score] = evaluate(
            source.samples[:600], real, metrics="ms_ssim", num=10_000, cache_dir=False
        )
        scores[name] = score.value
    assert score.metric == "ms_ssim_real"
    # Garments of one class are more than twice as alike.
    assert abs(scores["sorted"] / scores["as they come"] - 1) < 0.2


def test_a_random_part_hangs_on_seed_and_order_alone():
    samples, labels = np.arange(100)[:, None], np.arange(100) // 10

    def part(size, seed, blocks):
        kept = random_part.RandomPart(size, seed)
        for rows in np.split(np.arange(100), blocks):
            kept.add(samples[rows], labels[rows])
        return kept.arrays()

    chosen, classes = part(20, 0, [1, 7, 64])
    assert (np.diff(chosen[:, 0]) > 0).all()
    assert np.array_equal(classes, chosen[:, 0] // 10)
    assert np.array_equal(chosen, part(20, 0, [50])[0])
    assert not np.array_equal(chosen, part(20, 1, [50])[0])
    assert np.array_equal(part(200, 0, [50])[0], samples)
    times = sum(np.bincount(part(20, seed, [50])[0][:, 0], minlength=100) for seed in range(500))
    assert abs(times[:50].mean() - 100) < 3  # a fifth of 500, early or late in the stream
    assert times.min() > 60


def test_held_out_data_that_are_the_real_ones_are_refused():
    points = np.random.default_rng(0).normal(size=(60, 3))
    for real, held_out in ((points, points.copy()), (labelled(0), labelled(0))):
        with pytest.raises(ValueError, match="held-out data are the real data"):
            evaluate(
                real if real is points else real.samples, real, metrics="memorization",
                held_out=held_out, extractor="pixels", cache_dir=False,
            )  # fmt: skip


def test_infinity_is_refused_before_more_than_a_block_is_made():
    extractor = features.get("pixels")
    extractor.batch_size = 100

    def batches(num):
        yield np.zeros((100, 300))
        raise AssertionError("more samples were made")

    real = np.random.default_rng(0).normal(size=(600, 300))
    with pytest.raises(ValueError, match=r"550 samples of 300 features. Score more samples"):
        evaluate(
            batches, real, metrics="fid_infinity", num=550, extractor=extractor, cache_dir=False
        )


def test_gan_test_learns_from_what_was_scored_and_says_so(monkeypatch):
    learnt = []

    def gan_train(images, labels, *rest, **settings):
        learnt.append(len(images))
        return 0.5

    monkeypatch.setattr(task_scores.task_based, "gan_train", gan_train)
    fake, real = labelled(0, num=300), labelled(1)
    [score] = evaluate(
        fake, real, metrics="gan_test", num=100, num_real=200, extractor="pixels", cache_dir=False
    )
    assert (learnt, score.num_real, score.num_fake) == ([200], 200, 100)
    with pytest.raises(ValueError, match="read only once"):
        evaluate(fake, iter(real.batches(100)), metrics="gan_test", extractor="pixels")


def test_which_way_a_score_is_good():
    words = {
        "fid": "lower", "clean_precision": "higher", "recall_inception_keras": "higher",
        "ms_ssim_by_class": "as of real ones", "ms_ssim_real": "", "gan_test": "as gan_base",
        "pyramid_28": "lower", "reverse_kl": "lower", "modes": "higher",
    }  # fmt: skip
    assert {name: table.better(name) for name in words} == words


def test_modes_are_counted_by_distance_or_by_class():
    ring = data.source("ring")
    scores = by_name(
        evaluate(ring, ring, metrics="modes", extractor="pixels", num=2500, cache_dir=False)
    )
    assert scores["modes"].value == 8
    assert abs(scores["high_quality"].value - 0.989) < 0.01  # 1 - exp(-9 / 2)
    real, one_class = labelled(0), labelled(1)
    one_class = one_class.samples[one_class.labels == 0]
    found = by_name(evaluate(one_class, real, metrics="modes", extractor=Halves(), cache_dir=False))
    assert found["modes"].value == 1
    share = (real.labels == 0).mean()
    assert abs(found["reverse_kl"].value + np.log(share)) < 1e-9  # log(1 / share)


def test_stacked_images_are_seen_channel_by_channel():
    stacked = data.source("stacked_fashion_mnist")
    extractor = features.get("classifier", source=stacked)
    assert extractor.name == "fashion_mnist_classifier_by_channel"
    images, labels = stacked.samples[:500], stacked.labels[:500]
    found, probabilities = extractor(images)
    assert found.shape == (500, 288)
    assert np.abs(probabilities.sum(axis=1) - 1).max() < 1e-4
    # 92.5% of garments are right on test images, so about 0.925 ** 3 = 79% of triples; more here,
    # where some were trained on.
    assert (probabilities.argmax(axis=1) == labels).mean() > 0.78
    one, _ = features.get("fashion_mnist_classifier")(images[..., 1:2])
    assert np.array_equal(found[:, 96:192], one)
    with pytest.raises(ValueError, match="takes images of 3 channels"):
        extractor(images[..., :1])


@pytest.mark.parametrize(
    ("fake", "options", "message"),
    [
        ([], {}, "No fake samples"),
        (np.zeros((0, 3)), {}, "at least 2 samples a side. Received: 60 real, 0 fake"),
        ([np.zeros((1, 3))], {}, "at least 2 samples. Received: 1 fake"),
        (np.zeros((50, 4)), {}, r"shape \(4,\), the real ones of \(3,\)"),
        (np.full((50, 3), np.nan), {}, "50 of 50 samples hold NaN"),
        (
            np.zeros((50, 3)),
            {"metrics": ["kid"]},
            "at least 1,000 samples a side.*60 real, 50 fake",
        ),
        (np.zeros((5, 3)), {"metrics": ["prdc"]}, "'prdc' takes at least 6 .* 5 fake"),
        (
            np.zeros((50, 3)),
            {"metrics": ["gan_test"]},
            "'gan_test' takes images",
        ),
        (
            np.zeros((50, 3)),
            {"metrics": ["modes"]},
            "data of no classes and the extractor 'pixels'",
        ),
        (np.zeros((50, 3)), {"metrics": ["ms_ssim"]}, r"takes images .* of shape \(3,\)"),
        (np.zeros((50, 3)), {"metrics": ["fdi"]}, "Unknown metric 'fdi'. Did you mean 'fid'"),
        (np.zeros((50, 3)), {"metrics": []}, "No metrics"),
        (np.zeros((50, 3)), {"metrics": ["inception_score"]}, "gives no class probabilities"),
        (np.zeros((50, 3)), {"metrics": ["memorization"]}, "Pass `held_out`"),
        (np.zeros((50, 3)), {"extractor": "pixel"}, "Did you mean 'pixels'"),
        (np.zeros((50, 3)), {"extractor": "classifier"}, "trained on a data source"),
        ([np.zeros((5, 3)), np.zeros((5, 4))], {}, r"one shape. Received: \(3,\) and \(4,\)"),
        (np.zeros((50, 3, 3)), {}, r"images \(num, height, width, channels\)"),
        (np.full((50, 4, 4, 1), 3.0), {}, r"must lie in \[-1, 1\]. Received: 3 to 3"),
    ],
)
def test_bad_input(fake, options, message):
    real = np.random.default_rng(0).normal(size=(60, 3))
    given = {"metrics": ["fid"], "extractor": "pixels", "cache_dir": False, **options}
    with pytest.raises(ValueError, match=message):
        evaluate(fake, real, **given)


def test_what_cannot_be_scored_is_refused_before_the_work(source):
    """Nothing passes through the extractor, and no batch but the first is asked for."""

    class Unused(Halves):
        def extract(self, images):
            raise AssertionError("work was done")

    def batches(num):
        yield source.samples[:256]
        raise AssertionError("a second batch was asked for")

    def refused(message, fake, real=source, **options):
        with pytest.raises(ValueError, match=message):
            evaluate(fake, real, extractor=Unused(), cache_dir=False, **options)

    refused("'kid' takes at least 1,000", batches, metrics=["kid"], num=600)
    refused("Pass `held_out`", batches, metrics=["fid", "memorization"])
    refused("the fake ones have no labels", batches, metrics=["fid", "gan_test"])
    refused(r"the real ones of \(12, 12, 1\)", batches, labelled(0), metrics=["fid"])
    refused("10 classes and the extractor 'halves' with 2", batches, metrics=["modes"])


def test_a_random_part_of_an_array_is_seeded_and_in_order():
    array = np.arange(3000)[:, None]
    first, again, other = (
        np.concatenate(list(stream.samples(array, 2000, seed=seed))) for seed in (1, 1, 2)
    )
    assert len(first) == 2000
    assert (np.diff(first[:, 0]) > 0).all()
    assert (first == again).all()
    assert (first != other).any()
    assert first.max() > 2900  # not just the first ones


def test_a_name_alone_does_not_call_for_the_shipped_classifier(monkeypatch):
    trained = []
    monkeypatch.setattr(classifier, "trained", lambda *arguments, **others: trained.append(others))
    images = np.zeros((4, 28, 28, 1), "uint8")
    digits = data.Source(name="fashion_mnist_like", samples=images, labels=np.arange(4))
    classifier.suited(digits)
    assert [others["fingerprint"] for others in trained] == [digits.fingerprint]


def test_the_shipped_classifier_knows_fashion_mnist(source):
    extractor = features.get("fashion_mnist_classifier")
    assert os.path.getsize(classifier.SHIPPED) < 1_000_000
    # 2,000 of the images it was trained on: surely above its 92.48% on the test set.
    chosen = slice(None, None, 5)
    found, probabilities = extractor(source.samples[chosen])
    assert found.shape == (2000, 96)
    assert found.min() >= 0
    assert np.abs(probabilities.sum(axis=1) - 1).max() < 1e-5
    assert (probabilities.argmax(axis=1) == source.labels[chosen]).mean() > 0.92
    assert features.get("classifier", source=source).fingerprint == extractor.fingerprint
    with pytest.raises(ValueError, match=r"takes images of shape \(28, 28, 1\)"):
        extractor(np.zeros((2, 32, 32, 3), "uint8"))


def easy(num, seed):
    """Two classes, told apart by brightness."""
    random = np.random.default_rng(seed)
    labels = random.integers(0, 2, num)
    images = random.integers(0, 100, (num, 8, 8, 1)) + 150 * labels[:, None, None, None]
    return images.astype("uint8"), labels


def test_a_classifier_is_trained_once_seeded_and_cached(tmp_path):
    images, labels = easy(640, 0)
    source = data.Source(name="easy", samples=images, labels=labels)
    options = {"epochs": 1, "cache_dir": tmp_path}
    first = classifier.trained(images, labels, **options)
    [path] = glob.glob(f"{tmp_path}/classifier-*.npz")
    made = os.path.getmtime(path)
    again = classifier.trained(images, labels, **options)
    assert os.path.getmtime(path) == made
    assert again.fingerprint == first.fingerprint
    os.remove(path)
    anew = classifier.trained(images, labels, **options)
    others = first(images)[0], anew(images)[0]
    assert np.abs(others[0] - others[1]).max() < 1e-2  # float16, and sums in another order
    fresh, answers = easy(100, 1)
    assert (anew(fresh)[1].argmax(axis=1) == answers).mean() > 0.95
    assert source.num_classes == first.num_classes


def test_a_classifier_file_that_lacks_a_layer_is_refused(tmp_path):
    path = tmp_path / "classifier.npz"
    model = classifier_network.build(image_shape=(8, 8, 1), num_classes=2)
    classifier_file.save(path, model)
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files if name != "logits/bias"}
    np.savez(path, **arrays)
    with pytest.raises(ValueError, match=r"logits/bias \(1 in all\)"):
        classifier_file.load(path)
    whole = path.read_bytes()
    np.savez(path, header=np.array("{}"))  # says nothing of its shapes
    headless = path.read_bytes()
    for damaged in (b"no archive", whole[: len(whole) // 2], headless):
        path.write_bytes(damaged)
        with pytest.raises(ValueError, match=r"is not a classifier.*Delete it"):
            classifier_file.load(path)


def test_a_keras_model_by_path(tmp_path):
    inputs = keras.Input((4, 4, 1))
    outputs = keras.layers.AveragePooling2D(2)(inputs)
    path = str(tmp_path / "pool.keras")
    keras.Model(inputs, outputs, name="pool").save(path)
    extractor = features.get(path)
    images = np.zeros((3, 4, 4, 1), "uint8")
    images[1, :2, :2] = 255
    found, probabilities = extractor(images)
    assert found[1].tolist() == [1, -1, -1, -1]  # the model saw [-1, 1]
    assert probabilities is None
    assert extractor.name == "pool"
    with pytest.raises(ValueError, match=r"takes samples of shape \(4, 4, 1\)"):
        extractor(np.zeros((3, 5, 4, 1), "uint8"))
    with pytest.raises(ValueError, match=r"No file '.*nowhere.keras'"):
        features.get(str(tmp_path / "nowhere.keras"))
    (tmp_path / "bad.keras").write_text("no archive")
    with pytest.raises(ValueError, match=r"bad.keras' is no Keras model that can be loaded"):
        features.get(str(tmp_path / "bad.keras"))


@pytest.mark.slow
def test_the_inception_of_keras_never_calls_its_scores_fid():
    from gan_keras.metrics.features.keras_model import InceptionKeras

    extractor = InceptionKeras(weights=None)
    extractor.batch_size = 2
    found, probabilities = extractor(np.zeros((3, 28, 28, 1), "uint8"))
    assert found.shape == (3, 2048)
    assert probabilities.shape == (3, 1000)
    with pytest.raises(ValueError, match=r"takes images \(num, h, w, 1 or 3\)"):
        extractor(np.zeros((3, 28, 28, 2), "uint8"))
    for name in metrics.METRICS:
        assert "fid" not in extractor.score_name(name)
        assert extractor.score_name(name).endswith("_inception_keras")


def test_task_based_scores():
    real, real_labels = easy(640, 2)
    fake, fake_labels = easy(640, 3)
    wrong = 1 - fake_labels  # a generator that mixes its conditions up
    assert metrics.gan_train(fake, fake_labels, real, real_labels, epochs=1) > 0.95
    assert metrics.gan_test(fake, wrong, real, real_labels, epochs=1) < 0.05
    with pytest.raises(ValueError, match="640 images and 0 labels"):
        metrics.gan_train(fake, None, real, real_labels)
