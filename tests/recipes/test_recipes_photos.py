"""What the recipe `photos` chooses for pictures that nobody tuned for, and how long a run is."""

import numpy as np
import pytest
from PIL import Image

from gan_keras import data, recipes
from gan_keras.recipes import length, photos


def images(num, shape):
    return data.source(np.random.default_rng(0).integers(0, 256, (num, *shape), dtype="uint8"))


@pytest.mark.parametrize(
    ("shape", "generator", "discriminator"),
    [
        ((8, 8, 3), (32, 16), (32,)),
        ((32, 32, 1), (128, 64, 32, 16), (32, 64, 128)),
        ((28, 28, 1), (64, 32, 16), (32, 64)),
        ((64, 64, 3), (256, 128, 64, 32, 16), (32, 64, 128, 256)),
        ((128, 128, 3), (256, 256, 128, 64, 32, 16), (32, 64, 128, 256, 256)),
        ((64, 128, 3), (256, 128, 64, 32, 16), (32, 64, 128, 256)),
    ],
)
def test_widths_follow_from_the_size(shape, generator, discriminator):
    chosen = photos.chosen(shape, 10_000)
    assert chosen["generator"]["widths"] == generator
    assert chosen["discriminator"]["widths"] == discriminator


@pytest.mark.parametrize("shape", [(28, 28, 1), (32, 32, 3), (48, 48, 3), (16, 32, 1)])
def test_every_size_builds_with_one_map_for_each_width(shape):
    source = images(8, shape)
    gan = photos.suited(photos.RECIPE, source).build(source)
    assert gan.sample_shape == shape
    assert gan.sample(2, seed=0).shape == (2, *shape)


def test_no_strides_enlarge_anything():
    gan = photos.suited(photos.RECIPE, images(8, (32, 32, 3))).build(images(8, (32, 32, 3)))
    kinds = [type(layer).__name__ for layer in gan.generator.layers]
    assert kinds.count("DoublingConv2D") == 3  # each pixel repeated, then a convolution
    assert "Conv2DTranspose" not in kinds


def test_few_pictures_are_augmented_and_many_are_not():
    assert photos.chosen((32, 32, 3), 4_999)["augment"]["name"] == "adaptive"
    assert photos.chosen((32, 32, 3), 5_000)["augment"] is None


def test_a_batch_is_no_larger_than_the_data():
    assert photos.chosen((32, 32, 3), 20)["batch_size"] == 20
    assert photos.chosen((32, 32, 3), 300)["batch_size"] == 32


def test_a_run_is_as_long_for_few_pictures_as_for_many():
    few = photos.suited(photos.RECIPE, images(300, (8, 8, 1)))
    assert few.epochs == 1389  # of 9 batches of 32: 400,032 images
    many = photos.suited(photos.RECIPE, images(6_400, (8, 8, 1)))
    assert many.epochs == 63  # 62.5 passes over 6,400


def test_what_is_no_small_image_is_refused_with_the_cure():
    with pytest.raises(ValueError, match=r"up to 128 pixels. Received: 256x192. .* --size 64"):
        photos.chosen((256, 192, 3), 100)
    with pytest.raises(ValueError, match=r"is for images .* shape \(2,\). For points take `ring`"):
        photos.chosen((2,), 100)


@pytest.mark.parametrize(
    ("sides", "side"), [((64, 64), 64), ((90, 200), 64), ((200, 63), 32), ((20, 20), 32)]
)
def test_a_folder_is_brought_to_a_size_unless_one_is_given(tmp_path, sides, side):
    Image.new("RGB", sides).save(tmp_path / "first.png")
    recipe = photos.RECIPE.with_settings({"data": str(tmp_path), "data_arguments": {}})
    assert photos.sized(recipe).data_arguments == {"image_size": side}
    given = recipe.with_settings({"data_arguments.image_size": 48})
    assert photos.sized(given) == given
    assert photos.sized(photos.RECIPE) == photos.RECIPE  # a name, whose images have one size


def test_files_and_folders_take_photos_and_names_the_main_job(tmp_path):
    assert recipes.default_for(None) == recipes.default_for("mnist") == "fashion_mnist_dcgan"
    assert recipes.default_for(str(tmp_path)) == recipes.default_for("x.npz") == "photos"


@pytest.mark.parametrize(
    ("text", "number"),
    [("400k", 400_000), ("1.5M", 1_500_000), ("64", 64), ("1_000", 1_000), ("2K", 2_000)],
)
def test_numbers_of_images(text, number):
    assert length.parsed(text) == number


@pytest.mark.parametrize("text", ["", "k", "0", "-5k", "0.2", "many", "nan", "inf", "1e30"])
def test_what_is_no_number_of_images(text):
    with pytest.raises(ValueError, match=r"is written 400k, 1.5M or 400000"):
        length.parsed(text)


def test_images_become_passes_that_are_no_fewer():
    recipe = recipes.get("ring").with_settings({"batch_size": 10, "discriminator_steps": 2})
    assert length.epochs_for(81, recipe, 59) == 3  # 40 a pass
    assert length.epochs_for(80, recipe, 59) == 2
    assert length.epochs_for(1, recipe, 5) == 1  # too few for a step, which training refuses


def test_a_run_below_a_thousand_steps_is_called_too_short():
    assert length.too_short(1_000, 64, 4) is None
    line = length.too_short(144, 64, 4)
    assert "144 steps" in line
    assert "--images 64k, which is --epochs 250" in line
