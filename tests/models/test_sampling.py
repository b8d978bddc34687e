"""Drawing from a model: seeds, labels, truncation, paths; the inputs of all that is refused."""

import numpy as np
import pytest

import examples
import gan_keras
from gan_keras.networks import dcgan, r3gan, stylegan2


@pytest.fixture(scope="module")
def gan():
    return examples.gan()


@pytest.fixture(scope="module")
def conditional():
    return gan_keras.GAN(
        dcgan.generator(examples.SHAPE, 4, widths=(6, 4), num_classes=3),
        dcgan.discriminator(examples.SHAPE, widths=(4,), num_classes=3),
        num_classes=3,
    )


def test_a_seed_gives_the_same_samples_whatever_the_batch_size(gan):
    one, other = gan.sample(5, seed=1), gan.sample(5, seed=1, batch_size=2)
    assert one.shape == (5, *examples.SHAPE)
    assert one.dtype == np.float32
    assert np.abs(one).max() <= 1
    np.testing.assert_allclose(one, other, atol=1e-6)
    assert not np.array_equal(one, gan.sample(5, seed=2))
    assert not np.array_equal(gan.sample(5), gan.sample(5))


@pytest.mark.parametrize("network", [r3gan, stylegan2])
def test_images_of_unbounded_generators_are_clipped(network):
    generator = network.generator((8, 8, 1), 4, widths=(8, 8))
    wild = [100 * weight for weight in generator.get_weights()]
    generator.set_weights(wild)
    gan = gan_keras.GAN(generator, dcgan.discriminator((8, 8, 1), widths=(4,)))
    latents = gan.latents(3, seed=4)
    raw, samples = np.asarray(generator(latents)), gan.decode(latents)
    assert np.abs(raw).max() > 2
    np.testing.assert_allclose(samples, raw.clip(-1, 1), atol=1e-4)
    assert np.array_equal(gan.sample(3, seed=4), samples)


def test_predict_and_call_are_the_averaged_generator(gan):
    latents = gan.latents(3, seed=4)
    expected = gan.decode(latents)
    np.testing.assert_allclose(gan.predict(latents, verbose=0), expected, atol=1e-6)
    np.testing.assert_allclose(gan(latents), expected, atol=1e-6)


def test_truncation_bounds_the_latents(gan):
    assert np.abs(gan.latents(1000, seed=0)).max() > 2
    assert np.abs(gan.latents(1000, seed=0, truncation=0.7)).max() <= 0.7
    for wrong in (0, -1, float("nan"), "x"):
        with pytest.raises(ValueError, match=rf"is positive, or None .* Received: {wrong!r}"):
            gan.sample(1, truncation=wrong)


def test_a_walk_between_something_else_than_latents_is_refused(gan):
    with pytest.raises(ValueError, match=r"`end` is one latent, of shape \(\d+,\).*\(2,\)"):
        gan.interpolate(3, end=[1, 2])


def test_truncation_stays_in_the_cube_of_a_uniform_prior():
    gan = examples.ssgan(prior="uniform")
    assert np.abs(gan.latents(1000, seed=0, truncation=1)).max() <= 1
    with pytest.raises(
        ValueError, match=r"uniform prior is positive and at most 1.* Received: 1\.5"
    ):
        gan.sample(1, truncation=1.5)


def test_paths_meet_their_ends(gan):
    start, end = gan.latents(2, seed=8)
    for method in ("spherical", "linear"):
        path = gan.interpolate(3, start=start, end=end, method=method)
        ends = gan.decode(np.stack([start, end]))
        np.testing.assert_allclose(path[[0, -1]], ends, atol=1e-5)
        np.testing.assert_array_equal(path, gan.interpolate(3, seed=8, method=method))
    with pytest.raises(ValueError, match="Did you mean 'linear'"):
        gan.interpolate(3, method="lineal")


def test_the_usual_path_suits_the_prior(gan):
    uniform = examples.ssgan(prior="uniform")
    for model, usual in ((gan, "spherical"), (uniform, "linear")):
        path = model.interpolate(3, seed=8)
        np.testing.assert_array_equal(path, model.interpolate(3, seed=8, method=usual))


def test_labels_choose_the_class(conditional):
    threes = conditional.sample(4, labels=2, seed=1)
    np.testing.assert_array_equal(threes, conditional.sample(4, labels=[2] * 4, seed=1))
    assert np.abs(threes - conditional.sample(4, labels=0, seed=1)).max() > 0
    in_turn = conditional.sample(4, seed=1)
    np.testing.assert_array_equal(in_turn, conditional.sample(4, labels=[0, 1, 2, 0], seed=1))


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (3, r"Labels are in \[0, 3\). Received: 3 to 3"),
        ([0, 1], "4 samples want 4 labels. Received: 2"),
        ([0.5] * 4, "Labels are integers. Received: float64"),
        (np.eye(3, dtype=int), r"Labels have shape \(batch,\). Received: \(3, 3\)"),
    ],
)
def test_wrong_labels_are_refused(conditional, labels, message):
    with pytest.raises(ValueError, match=message):
        conditional.sample(4, labels=labels)


def test_attributes_of_series_choose_among_the_classes():
    model = examples.series()
    model.kind.attributes, model.kind.combinations = ["place"], [["x"], ["y"], ["z"]]
    wished = model.sample(4, where={"place": "y"}, seed=1)
    np.testing.assert_array_equal(wished, model.sample(4, labels=1, seed=1))
    with pytest.raises(ValueError, match="`labels` and `where` both choose"):
        model.sample(4, labels=1, where={"place": "y"})


def test_an_unconditional_model_takes_no_labels(gan):
    with pytest.raises(ValueError, match="not conditional"):
        gan.sample(4, labels=1)


def test_a_picture_has_as_many_real_ones_of_each_class(monkeypatch):
    """Of classes 2, 0, 0, 0, 1, two of each: the only ones of 1 and 2 come twice."""
    model, seen = examples.sequence(), {}
    rows = np.repeat(np.arange(5, dtype="int32")[:, None] % 4, 6, axis=1)
    real = gan_keras.data.Source(
        name="x", samples=rows, labels=np.int32([2, 0, 0, 0, 1]), kind=model.kind
    )
    monkeypatch.setattr(
        type(model.kind), "picture", lambda self, samples, **look: seen.update(look)
    )
    model.picture(7, real=real)
    assert (seen["columns"], seen["real"][:, 0].tolist()) == (2, [1, 2, 0, 0, 0, 0])
    model.picture(2, labels=1, real=real)
    assert (seen["columns"], len(seen["real"])) == (None, 5)
    model.picture(7, real=rows)  # an array says no classes
    assert len(seen["real"]) == 5


def test_many_rows_come_of_a_graph_and_are_those_of_single_calls():
    model = examples.table()
    latents = model.latents(50, seed=1)
    alone = model.decode(latents, batch_size=50)
    np.testing.assert_array_equal(alone, model.decode(latents, batch_size=7))
    assert len(np.unique(alone, axis=0)) > 10
