"""Weights from another model where they fit, and layers that stay as they are."""

import keras
import numpy as np
import pytest

import examples
import gan_keras
from gan_keras import models
from gan_keras.models import transfer
from gan_keras.networks import dcgan, stylegan2


def test_models_hand_it_over():
    assert "transfer" in models.__all__


def gan(channels=1, num_classes=None, width=4, **arguments):
    shape = (8, 8, channels)
    return gan_keras.GAN(
        dcgan.generator(shape, 4, widths=(6, width), num_classes=num_classes),
        dcgan.discriminator(shape, widths=(4, 6), num_classes=num_classes),
        num_classes=num_classes,
        **arguments,
    )


def test_all_of_an_equal_model(tmp_path):
    keras.utils.set_random_seed(1)
    one, two = gan(moving_average=30), gan(moving_average=30)
    one.moving_average_generator.get_layer("base").kernel.assign_add(np.ones((4, 96)))
    one.save(tmp_path / "one.keras")
    assert transfer.transfer(two, tmp_path / "one.keras") == []
    networks = (transfer.networks_of(model).values() for model in (two, one))
    for own, other in zip(*networks, strict=True):
        for a, b in zip(own.get_weights(), other.get_weights(), strict=True):
            assert np.array_equal(a, b)
    average = two.moving_average_generator.get_layer("base").kernel.numpy()
    assert abs(average - two.generator.get_layer("base").kernel.numpy() - 1).max() < 1e-6


def test_layers_that_do_not_fit_are_named_and_keep_what_they_have():
    keras.utils.set_random_seed(1)
    one, two = gan(), gan(channels=3, num_classes=2)
    before = two.generator.get_layer("to_image").get_weights()[0]
    missing = transfer.transfer(two, one)
    assert missing == [
        *("generator/label_embedding", "generator/base", "generator/to_image"),
        *("discriminator/downsample_0", "discriminator/label_projection"),
    ]
    assert np.array_equal(two.generator.get_layer("to_image").get_weights()[0], before)
    kernels = [model.generator.get_layer("upsample_8").get_weights()[0] for model in (one, two)]
    assert np.array_equal(*kernels)


def test_a_generator_alone_also_starts_the_average():
    keras.utils.set_random_seed(1)
    one, two = gan(), gan(moving_average=30)
    missing = transfer.transfer(two, one.generator)
    assert len(missing) == 3
    assert all(name.startswith("discriminator/") for name in missing)
    for network in (two.generator, two.moving_average_generator):
        assert np.array_equal(network.get_weights()[0], one.generator.get_weights()[0])


def test_networks_inside_networks_are_opened():
    keras.utils.set_random_seed(1)
    one, two = (
        stylegan2.generator((8, 8, 1), 4, widths=(4, 4), num_mapping_layers=1) for _ in range(2)
    )
    names = [path for path, _ in transfer.weighted_layers(one)]
    assert "mapping/mapping_0" in names
    assert "synthesis/conv_1_0" in names
    assert transfer.transfer(two, one) == []
    assert np.array_equal(one.get_weights()[0], two.get_weights()[0])


def test_nothing_fits():
    with pytest.raises(ValueError, match=r"No layer of 'sequential.*' fits"):
        transfer.transfer(gan(), keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)]))


def test_frozen_layers_stay():
    keras.utils.set_random_seed(1)
    model = gan()
    transfer.freeze(model.discriminator, 1)
    model.compile(keras.optimizers.SGD(0.1), keras.optimizers.SGD(0.1))
    before = model.discriminator.get_weights()
    model.fit(examples.dataset(num_batches=1, labels=False), verbose=0)
    after = model.discriminator.get_weights()
    moved = [not np.array_equal(a, b) for a, b in zip(before, after, strict=True)]
    assert moved == [False, False, True, True, True, True]
    with pytest.raises(ValueError, match=r"in \[1, 3\).*downsample_0, downsample_1, logits"):
        transfer.freeze(model.discriminator, 3)


def test_networks_of_one_name_are_told_apart():
    def named_alike():
        networks = dcgan.generator((8, 8, 1), 4, widths=(6, 4)), dcgan.discriminator((8, 8, 1))
        clones = [keras.models.clone_model(network) for network in networks]
        for clone in clones:
            clone.name = "generator"
        return gan_keras.GAN(*clones, moving_average=30)

    keras.utils.set_random_seed(1)
    one, two = named_alike(), named_alike()
    roles = ["generator", "discriminator", "moving_average_generator"]
    assert list(transfer.networks_of(two)) == roles
    assert transfer.transfer(two, one) == []
    for role in roles:
        networks = [transfer.networks_of(model)[role] for model in (one, two)]
        for a, b in zip(*(network.get_weights() for network in networks), strict=True):
            assert np.array_equal(a, b), role
