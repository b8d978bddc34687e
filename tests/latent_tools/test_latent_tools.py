"""Latent tools on generators whose answer is known."""

import keras
import numpy as np
import pytest

import gan_keras
from gan_keras import latent_tools, models
from gan_keras.latent_tools import attribution
from gan_keras.networks import biggan, dcgan, heads, mlp, sagan

SHAPE = (8, 8, 1)


def linear(kernel, bias=0.0, **arguments):
    """A GAN whose generator is one dense layer of the given kernel."""
    kernel = np.asarray(kernel, "float32")
    latents, layer = keras.Input((kernel.shape[0],)), keras.layers.Dense(kernel.shape[1])
    generator = keras.Model(latents, layer(latents))
    layer.set_weights([kernel, np.full(kernel.shape[1], bias, "float32")])
    judge = mlp.discriminator((kernel.shape[1],), widths=(4,))
    return gan_keras.GAN(generator, judge, **arguments)


def images_gan(**arguments):
    generator = dcgan.generator(SHAPE, 4, widths=(4,), **arguments)
    judge = dcgan.discriminator(SHAPE, widths=(4,), **arguments)
    return gan_keras.GAN(generator, judge, **arguments)


def test_sefa_orders_directions_by_the_change_they_make():
    """A^T A of y = (z0 + z1, z0 + z1, -3 z2) is [[2,2,0],[2,2,0],[0,0,9]]: 9, then 4 on (1, 1)."""
    kernel = [[1.0, 1, 0], [1, 1, 0], [0, 0, -3]]
    found = latent_tools.directions(linear(kernel).generator, num=2)
    half = np.sqrt(0.5)
    np.testing.assert_allclose(found, [[0, 0, 1], [half, half, 0]], atol=1e-6)
    with pytest.raises(ValueError, match="There are 3 directions"):
        latent_tools.directions(linear(kernel).generator, num=4)


def test_sefa_reads_the_latents_part_of_a_conditional_kernel():
    generator = dcgan.generator(SHAPE, 4, widths=(4,), num_classes=3)
    kernel = generator.get_layer("base").get_weights()[0][:4].astype("float64")
    direction = latent_tools.directions(generator, num=1)[0]
    gains = np.linalg.norm(direction @ kernel), np.linalg.svd(kernel)[1][0]
    assert gains[0] == pytest.approx(gains[1], rel=1e-5)


def test_sefa_looks_through_spectral_norm():
    generator = sagan.generator(SHAPE, 4, widths=(4, 4))
    kernel = generator.get_layer("base").layer.kernel.numpy().astype("float64")
    direction = latent_tools.directions(generator, num=1)[0]
    gains = np.linalg.norm(direction @ kernel), np.linalg.svd(kernel)[1][0]
    assert gains[0] == pytest.approx(gains[1], rel=1e-5)


def test_sefa_refuses_a_first_layer_of_a_piece_of_the_latents():
    generator = biggan.generator(SHAPE, 4, widths=(4, 4), num_classes=3, embedding_dim=2)
    with pytest.raises(ValueError, match="BigGAN's takes a piece of them"):
        latent_tools.directions(generator)


def test_sefa_of_styles_is_in_w():
    from gan_keras.networks import stylegan2

    generator = stylegan2.generator((8, 8, 1), 6, widths=(4, 4), w_dim=5, num_mapping_layers=1)
    model = gan_keras.GAN(generator, dcgan.discriminator(SHAPE, widths=(4,)))
    direction = latent_tools.directions(generator, num=1)[0]
    assert direction.shape == (5,)
    moved = latent_tools.travel(model, direction, num_rows=2, num_steps=3, seed=1)
    assert moved.shape == (2, 3, *SHAPE)
    np.testing.assert_allclose(moved[:, 1], model.sample(2, seed=1), atol=1e-5)
    assert np.abs(moved[:, 0] - moved[:, 2]).max() > 1e-3


def test_travel_moves_along_the_direction_alone():
    model = linear(np.eye(2))
    moved = latent_tools.travel(model, [0, 1], num_rows=2, num_steps=3, distance=2.0, seed=4)
    latents = model.latents(2, seed=4)
    expected = latents[:, None] + np.array([[0, -2.0], [0, 0], [0, 2]])
    np.testing.assert_allclose(moved, expected, atol=1e-6)
    with pytest.raises(ValueError, match=r"has 2 numbers\. Received: 3"):
        latent_tools.travel(model, [0, 1, 0])


def test_inversion_finds_the_latents_of_a_linear_generator():
    """x = 2 z + 1 on a rotated basis: z = (x - 1) R^T / 2, with nothing of the prior."""
    rotation = np.array([[0.6, 0.8], [-0.8, 0.6]])
    model = linear(2 * rotation, bias=1.0)
    targets = np.array([[1.0, 1.0], [3.0, 0.0], [-2.0, 2.5]], "float32")
    found = latent_tools.invert(
        model, targets, num_steps=300, num_candidates=16, prior_weight=0.0, batch_size=2
    )
    np.testing.assert_allclose(found.latents, (targets - 1) @ rotation.T / 2, atol=2e-3)
    assert found.errors.max() < 1e-4
    assert found.labels is None


def test_inversion_balances_the_prior():
    """G(z) = z, x = 3: the minimum of (z - 3)^2 + 0.5 z^2 is z = 2, its error 1."""
    model = linear([[1.0]])
    found = latent_tools.invert(
        model, np.full((1, 1), 3.0, "float32"), prior_weight=0.5, num_candidates=8
    )
    assert found.latents[0, 0] == pytest.approx(2.0, abs=1e-3)
    assert found.errors[0] == pytest.approx(1.0, abs=3e-3)


def test_inversion_stays_in_a_uniform_prior():
    found = latent_tools.invert(
        linear([[1.0]], prior="uniform"), np.full((1, 1), 3.0, "float32"), num_candidates=8
    )
    assert found.latents[0, 0] == 1.0


def test_inversion_finds_the_class():
    keras.utils.set_random_seed(1)
    model = images_gan(num_classes=3)
    model.generator.set_weights([8 * weight for weight in model.generator.get_weights()])
    targets = model.sample(4, seed=8, labels=[2, 0, 1, 1])
    found = latent_tools.invert(model, targets, num_steps=60, num_candidates=96)
    assert found.labels.dtype == "int32"
    assert found.labels.tolist() == [2, 0, 1, 1]
    drawn = latent_tools.invert(model, targets, labels=2, num_steps=1, num_candidates=9)
    np.testing.assert_array_equal(drawn.labels, 2)
    # Sixty steps come nearer than one, whatever the class.
    assert (found.errors < drawn.errors).all()
    with pytest.raises(ValueError, match="Images are in"):
        latent_tools.invert(model, 50 * targets)


def test_inversion_starts_from_an_encoder():
    like = dcgan.discriminator(SHAPE, widths=(4,))
    model = models.BiGAN(
        dcgan.generator(SHAPE, 4, widths=(4,)), heads.encoder(like, 4), heads.joint(like, 4)
    )
    images = np.zeros((2, *SHAPE), "float32")
    latents, labels = latent_tools.inversion.starts(
        model, images, None, model.latents(5, seed=1), None, model.sample(5, seed=1), 2
    )
    assert labels is None
    np.testing.assert_allclose(latents[:, 2], model.encode(images))


def test_truncation_sweep_keeps_the_draws_of_a_column():
    model = linear(np.eye(3))
    rows = latent_tools.truncation_sweep(model, (4, 1, 0.1), num=50, seed=3)
    assert rows.shape == (3, 50, 3)
    for row, bound in zip(rows, (4, 1, 0.1), strict=True):
        assert 0.9 * min(bound, 2) < np.abs(row).max() <= bound + 1e-6
    assert (np.sign(rows[0]) == np.sign(rows[2])).all()
    with pytest.raises(ValueError, match="empty"):
        latent_tools.truncation_sweep(model, ())


def test_film_leads_back_to_where_it_began():
    model = images_gan()
    frames = latent_tools.film(model, num_stops=3, num_steps=4, num_walks=4, seed=2)
    assert frames.shape == (12, 18, 18, 1)
    assert frames.dtype == np.uint8
    again = latent_tools.film(model, num_stops=3, num_steps=1, num_walks=4, seed=2)
    np.testing.assert_array_equal(frames[::4], again)
    apart = [np.abs(a.astype(int) - b).mean() for a, b in zip(frames, np.roll(frames, -1, 0))]  # noqa: B905
    assert max(apart) < 4 * np.mean(apart)  # no jump, nor where it closes


@pytest.mark.parametrize("method", ["linear", "spherical"])
def test_film_walks_forward_from_stop_to_stop(method):
    """Of 3 stops in 4 steps each, frame 5 is a quarter of the way from second to third."""
    model = images_gan()
    model.generator.set_weights([8 * weight for weight in model.generator.get_weights()])
    settings = {"num_stops": 3, "num_steps": 4, "num_walks": 2, "seed": 2, "method": method}
    frames = latent_tools.film(model, **settings)
    first, second, third = model.latents(6, seed=2).reshape(3, 2, -1)
    for frame, start, end in ((5, second, third), (9, third, first)):
        angle = np.arccos((start * end).sum(1) / np.sqrt((start**2).sum(1) * (end**2).sum(1)))
        shares = {
            "linear": (0.75, 0.25),
            "spherical": (np.sin([0.75 * angle, 0.25 * angle]) / np.sin(angle))[..., None],
        }[method]
        expected = gan_keras.images.grid(model.decode(shares[0] * start + shares[1] * end))
        difference = np.abs(frames[frame].astype(int) - expected)
        assert difference.max() <= 1  # float32 latents, and bytes
        assert np.abs(frames[frame].astype(int) - frames[frame - 1]).max() > 10
    np.testing.assert_array_equal(frames[0], gan_keras.images.grid(model.decode(first)))


def test_a_film_of_points_is_refused():
    with pytest.raises(ValueError, match="A film shows images"):
        latent_tools.film(linear(np.eye(2)))


def test_a_sample_is_attributed_and_a_point_that_no_latents_reach_is_not():
    """The generator gives (z, z, 0): samples lie on a line, real points off it."""
    model = linear([[1.0, 1.0, 0.0]])
    real = np.random.default_rng(0).normal(size=(19, 3)).astype("float32")
    given = np.array([[0.5, 0.5, 0.0], [0.5, 0.5, 50.0]], "float32")
    found = latent_tools.attribute(model, given, real, num_steps=60)
    np.testing.assert_allclose(found.p_values, [1 / 20, 1.0])
    assert found.errors.shape == (2,)
    assert found.real_errors.shape == (19,)


def test_p_values_of_real_images_are_small_as_rarely_as_they_say():
    errors = np.round(np.random.default_rng(0).exponential(size=400), 1)  # with ties
    own = [attribution.p_values(e, np.delete(errors, i)) for i, e in enumerate(errors)]
    for level in (0.01, 0.05, 0.2, 0.5):
        assert level - 0.06 <= np.mean(np.array(own) <= level) <= level
