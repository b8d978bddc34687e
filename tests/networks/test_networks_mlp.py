"""Dense builders for vectors and small images."""

import keras
import numpy as np
import pytest

from gan_keras.networks import mlp


def test_vectors_have_a_linear_output():
    generator = mlp.generator((2,), 3, widths=(5,), normalization="batch")
    generator.get_layer("sample").set_weights([np.zeros((5, 2)), np.array([7.0, -9.0])])
    np.testing.assert_allclose(generator(np.ones((2, 3), "float32")), [[7, -9], [7, -9]])
    assert mlp.discriminator((2,), widths=(5,))(np.ones((4, 2), "float32")).shape == (4, 1)


def test_skip_adds_the_latents():
    latents = np.array([[0.5, -2.0], [0.0, 1.0]], "float32")
    plain, skipping = (mlp.generator((2,), 2, widths=(3,), skip=skip) for skip in (False, True))
    skipping.set_weights(plain.get_weights())
    moved = np.asarray(skipping(latents)) - np.asarray(plain(latents))
    assert np.abs(moved - latents).max() < 1e-6
    with pytest.raises(ValueError, match="Set latent_dim=2, or skip=False"):
        mlp.generator((2,), 3, skip=True)


def test_images_end_in_tanh():
    generator = mlp.generator((4, 4, 1), 3, widths=(5,))
    generator.get_layer("sample").set_weights([np.zeros((5, 16)), np.full(16, 0.5)])
    images = np.array(generator(np.ones((2, 3), "float32")))
    assert images.shape == (2, 4, 4, 1)
    assert np.abs(images - np.tanh(0.5)).max() < 1e-6
    assert mlp.discriminator((4, 4, 1), widths=(5,))(images).shape == (2, 1)


@pytest.mark.parametrize("conditioning", ["projection", "concatenation"])
def test_conditional_pair_saves_and_depends_on_the_label(conditioning, tmp_path):
    generator = mlp.generator((2,), 3, widths=(5,), num_classes=4)
    discriminator = mlp.discriminator((2,), widths=(5,), num_classes=4, conditioning=conditioning)
    inputs = [np.ones((2, 3), "float32"), np.array([0, 3])]
    for model in (generator, discriminator):
        outputs = np.array(model(inputs))
        assert np.abs(outputs[0] - outputs[1]).max() > 1e-6
        model.save(tmp_path / "model.keras")
        loaded = keras.models.load_model(tmp_path / "model.keras")
        np.testing.assert_array_equal(loaded(inputs), outputs)
        inputs = [np.ones((2, 2), "float32"), inputs[1]]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"image_shape": (2, 2)}, "features"),
        ({"widths": ()}, "widths"),
        ({"widths": (0,)}, "widths"),
        ({"num_classes": 0}, "num_classes"),
        ({"normalization": "layer"}, "normalization"),
    ],
)
def test_wrong_arguments_say_so(arguments, message):
    with pytest.raises(ValueError, match=message):
        mlp.generator(**arguments)
