"""Networks of sequences: as many parameters as the papers', and what they give."""

import keras
import numpy as np
import pytest

from gan_keras.networks import sequence


@pytest.mark.parametrize(
    ("shape", "latent_dim", "width", "generator", "discriminator"),
    [
        ((32, 96), 128, 512, 15_275_104, 13_178_369),  # Gulrajani et al., arXiv:1704.00028
        ((36, 4), 100, 100, 865_004, 505_101),  # Killoran et al., arXiv:1712.06148
    ],
)
def test_as_many_parameters_as_the_papers(shape, latent_dim, width, generator, discriminator):
    for choice in ("softmax", "gumbel"):  # drawing takes none
        made = sequence.generator(shape, latent_dim, width=width, choice=choice)
        assert made.count_params() == generator
    assert sequence.discriminator(shape, width=width).count_params() == discriminator


@pytest.mark.parametrize("num_classes", [None, 3])
def test_sequences_are_drawn_by_latents_and_survive_saving(num_classes, tmp_path):
    narrow = {"width": 5, "num_blocks": 1, "num_classes": num_classes}
    model = sequence.generator((6, 4), 3, **narrow)
    latents = np.random.default_rng(0).normal(size=(7, 3 + 24)).astype("float32")
    inputs = latents if num_classes is None else [latents, np.arange(7, dtype="int32") % 3]
    drawn = np.array(model(inputs))
    assert drawn.shape == (7, 6, 4)
    assert set(np.unique(drawn)) == {0.0, 1.0}
    np.testing.assert_array_equal(drawn.sum(-1), 1)
    model.save(tmp_path / "model.keras")
    np.testing.assert_array_equal(keras.models.load_model(tmp_path / "model.keras")(inputs), drawn)
    judge = sequence.discriminator((6, 4), **narrow)
    judged = judge(drawn if num_classes is None else [drawn, inputs[1]])
    assert (judged.shape, judged.dtype) == ((7, 1), "float32")


def test_noise_alone_decides_what_the_softmax_leaves_open():
    """Equal logits: each of two letters half of the time, at each place on its own."""
    model = sequence.generator((2, 2), 3, width=4, num_blocks=1)
    dense = model.get_layer("logits")
    dense.set_weights([0 * weight for weight in dense.get_weights()])
    latents = np.random.default_rng(0).normal(size=(8000, 3 + 4)).astype("float32")
    first = np.array(model(latents))[..., 0]
    np.testing.assert_allclose(first.mean(0), 0.5, atol=0.02)
    assert abs(np.corrcoef(first.T)[0, 1]) < 0.04


def test_shares_take_no_noise():
    model = sequence.generator((6, 4), 3, width=5, num_blocks=1, choice="softmax")
    assert model.inputs[0].shape == (None, 3)
    shares = np.array(model(np.ones((2, 3), "float32")))
    np.testing.assert_allclose(shares.sum(-1), 1, rtol=1e-5)
    assert 0 < shares.min() < 0.25


@pytest.mark.parametrize("part", ["generator", "discriminator"])
def test_a_block_adds_a_third_of_what_it_computes(part):
    """With the second convolution zero but for a bias of 1, a block adds 0.3."""
    model = getattr(sequence, part)((6, 4), width=3, num_blocks=1)
    last = model.get_layer("block_0_b")
    last.set_weights([0 * last.get_weights()[0], np.ones(3)])
    before = "places" if part == "generator" else "in"
    outputs = [model.get_layer(name).output for name in (before, "block_0")]
    ends = keras.Model(model.inputs[0], outputs)
    start, end = ends(np.random.default_rng(0).normal(size=(2, *model.inputs[0].shape[1:])))
    np.testing.assert_allclose(end - start, 0.3, rtol=1e-4)


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match=r"of sequences is \(length, symbols\). Received: \(6,\)"):
        sequence.generator((6,))
    with pytest.raises(ValueError, match="`choice` must be one of"):
        sequence.generator((6, 4), choice="argmax")
    with pytest.raises(ValueError, match="`width` must be a positive integer"):
        sequence.discriminator((6, 4), width=0)
