"""What a translator is for: translations beside their inputs, in order, and pictures of them."""

import keras
import numpy as np
import pytest
import tensorflow as tf

import examples
from gan_keras import data, models
from gan_keras.networks import patchgan


def source(num_real=5, num_inputs=3, paired=False):
    """Grey images of one value each, so that they say which they are."""
    real, inputs = (
        (np.arange(num, dtype="uint8") + first).reshape(-1, 1, 1, 1) * np.ones((8, 8, 1), "uint8")
        for num, first in ((num_real, 100), (num_inputs, 10))
    )
    return data.Source(name="mine", samples=real, entries={"input": inputs}, paired=paired)


def same_back(**arguments):
    """A CycleGAN both of whose generators negate."""

    def negative():
        inputs = keras.Input((8, 8, 1), name="input")
        return keras.Model(inputs, keras.layers.Rescaling(-1.0)(inputs))

    judges = [patchgan.discriminator((8, 8, 1), width=2, num_layers=1) for _ in range(2)]
    return models.CycleGAN(negative(), negative(), *judges, pool_size=1, **arguments)


def numbers(images):
    return np.rint((images[:, 0, 0, 0] + 1) * 127.5).astype(int).tolist()


def joined(batches, role):
    return numbers(np.concatenate([batch[role] for batch in batches]))


def test_translations_lie_beside_their_inputs():
    batches = list(same_back().pairs(source()))
    assert joined(batches, "input") == [10, 11, 12]
    assert joined(batches, "fake") == [245, 244, 243]
    assert "real" not in batches[0]  # of no input is known what was wanted
    batches = list(same_back().pairs(source(), direction="backward"))
    assert joined(batches, "input") == [100, 101, 102, 103, 104]
    assert joined(batches, "fake") == [155, 154, 153, 152, 151]
    assert "real" not in batches[0]


def test_pairs_stay_pairs_over_batches_and_in_a_part():
    pairs = source(70, 70, paired=True)
    for num, expected in ((None, 70), (40, 40), (100, 70)):
        batches = list(same_back().pairs(pairs, num, seed=3))
        assert max(len(batch["fake"]) for batch in batches) <= 32
        real, inputs = joined(batches, "real"), joined(batches, "input")
        assert len(real) == len(set(real)) == expected
        assert [r - 90 for r in real] == inputs
        assert joined(batches, "fake") == [255 - i for i in inputs]
    swapped = list(same_back().pairs(pairs, direction="backward"))
    assert joined(swapped, "input")[:2] == [100, 101]
    assert joined(swapped, "real")[:2] == [10, 11]


def test_holes_are_the_same_for_the_same_seed():
    model = examples.inpainting()
    one, again, other = (next(iter(model.pairs(source(), seed=seed))) for seed in (1, 1, 2))
    assert set(one) >= {"input", "mask", "real", "fake"}
    for role in one:
        np.testing.assert_array_equal(one[role], again[role])
    assert (one["mask"] != other["mask"]).any()
    np.testing.assert_array_equal(one["input"][..., 1:], one["mask"])


def test_holes_depend_on_the_place_alone():
    """However many others are asked for, and however the batches fall."""
    model, pictures = examples.inpainting(), source(70)
    every = list(model.pairs(pictures, seed=1))
    holes = dict(
        zip(joined(every, "real"), np.concatenate([row["mask"] for row in every]), strict=True)
    )
    assert len({hole.tobytes() for hole in holes.values()}) > 10
    for num in (1, 7, 50):
        some = list(model.pairs(pictures, num, seed=1))
        masks = np.concatenate([row["mask"] for row in some])
        for real, mask in zip(joined(some, "real"), masks, strict=True):
            np.testing.assert_array_equal(mask, holes[real])
    longer = next(iter(model.pairs(source(90), seed=1)))
    np.testing.assert_array_equal(longer["mask"], every[0]["mask"])
    last = [row["mask"] for row in model.pairs(source(90), seed=1)][2][:6]
    np.testing.assert_array_equal(last, every[2]["mask"])  # a block that was not full


def test_a_picture_of_both_directions_though_one_side_has_fewer():
    """Rows of input, fake, input, fake: three of them, as there are inputs."""
    model = same_back()
    picture = model.picture(real=source())
    assert picture.dtype == np.uint8
    assert {10, 245, 100, 155, 12, 243} <= set(np.unique(picture).tolist())
    assert not {103, 104} & set(np.unique(picture).tolist())
    assert model.picture(2, real=source()).shape[0] < picture.shape[0]
    with pytest.raises(ValueError, match=r"`real`, a data\.Source"):
        model.picture()


def test_samples_for_scores():
    model = same_back()
    assert numbers(np.concatenate(list(model.fakes(2, real=source(70, 70))))) != [245, 244]
    assert numbers(np.concatenate(list(model.fakes(9, real=source())))) == [245, 244, 243]
    with pytest.raises(ValueError, match=r"`real`, a data\.Source"):
        next(iter(model.fakes(9)))


def test_what_is_served_is_averaged():
    model = examples.cyclegan()
    served = model.served()
    assert list(served) == ["generator", "backward_generator"]
    assert served["generator"] is model.moving_average_generator
    assert served["backward_generator"] is model.moving_average_backward_generator
    model.moving_average_backward_generator.set_weights(
        [np.zeros_like(w) for w in model.moving_average_backward_generator.get_weights()]
    )
    images = np.random.default_rng(0).uniform(-1, 1, (2, 8, 8, 1)).astype("float32")
    assert np.abs(model.translate(images, direction="backward")).max() == 0
    assert np.abs(model.translate(images)).max() > 1e-3


def test_inputs_of_another_kind_are_refused():
    model = same_back()
    with pytest.raises(ValueError, match=r"x / 127\.5 - 1"):
        model.translate(np.full((2, 8, 8, 1), 255.0))
    with pytest.raises(ValueError, match=r"networks take \(8, 8, 1\)"):
        model.translate(np.zeros((2, 8, 9, 1), "float32"))
    with pytest.raises(ValueError, match="batch_size"):
        model.translate(np.zeros((2, 8, 8, 1), "float32"), batch_size=0)


def test_predict_looks_at_its_inputs():
    model = same_back()
    inputs = np.full((3, 8, 8, 1), -0.5, "float32")
    wrong = {"input": np.zeros((3, 8, 9, 1), "float32")}
    for given in (wrong["input"], tf.data.Dataset.from_tensor_slices(wrong).batch(3)):
        with pytest.raises(ValueError, match=r"to `predict` gives samples of shape \(8, 9, 1\)"):
            model.predict(given, verbose=0)
    pairs = tf.data.Dataset.from_tensor_slices((inputs, inputs)).batch(2)
    for given in (inputs, pairs):
        np.testing.assert_allclose(model.predict(given, verbose=0), 0.5)
    with pytest.raises(ValueError, match="so `predict` has none either"):
        model.predict(pairs.repeat(), verbose=0)


def test_pairs_without_inputs_are_refused():
    """Before the first step, by the roles that are missing."""
    model = examples.cyclegan()
    model.compile(**examples.optimizers())
    images = np.random.default_rng(0).uniform(-1, 1, (8, 8, 8, 1)).astype("float32")
    with pytest.raises(ValueError, match=r"lack.*by role"):
        model.check_batch(images)
    with pytest.raises(ValueError, match="takes real, which the data lack"):
        model.check_batch({"input": images})
