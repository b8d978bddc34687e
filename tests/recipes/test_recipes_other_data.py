"""A recipe of the bundled emoji with a folder of one's own."""

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

from gan_keras import recipes
from gan_keras.cli import main
from gan_keras.recipes import other_data


def test_what_only_the_emoji_know_is_left_out():
    """And the layout of a folder says whether it holds pairs."""
    recipe, line = other_data.suited(recipes.get("emoji_pix2pix_plain"), "PAIRS")
    assert recipe.data_arguments == {"pairing": None, "image_size": 64}
    assert line == (
        "For 'PAIRS' data_arguments are without input and target, which are fluent_emoji's, and "
        "with image_size=64."
    )
    recipe, line = other_data.suited(recipes.get("emoji_cyclegan"), "HORSES")
    assert recipe.data_arguments == {"pairing": None, "image_size": 64}  # as the layout says
    assert line.endswith("and with image_size=64.")
    recipe, line = other_data.suited(recipes.get("emoji_pix2pix_plain"), "pairs.npz")
    assert recipe.data_arguments == {"pairing": None, "image_size": 64}
    recipe, line = other_data.suited(recipes.get("emoji_pix2pix_plain"), "cifar10")
    assert recipe.data_arguments == {}  # which says in turn that it holds no pairs
    assert line.endswith("which are fluent_emoji's.")


def test_what_somebody_says_himself_stays():
    recipe = recipes.get("emoji_pix2pix_plain")
    changes = {"data_arguments.image_size": 32, "data": "PAIRS"}
    suited, line = other_data.suited(recipe, "PAIRS", changes)
    assert suited.data_arguments == {"pairing": None}  # and the change follows
    assert "image_size" not in line
    for data, given in (("fluent_emoji", ()), ("PAIRS", {"data_arguments": {}})):
        assert other_data.suited(recipe, data, given) == (recipe, None)
    for name in ("pix2pix", "garments_inpainting", "fashion_mnist_dcgan"):
        assert other_data.suited(recipes.get(name), "PAIRS") == (recipes.get(name), None)


@pytest.fixture
def pairs(tmp_path):
    for role in ("input", "target"):
        (tmp_path / "PAIRS" / role).mkdir(parents=True)
        for index in range(8):
            pixels = np.random.default_rng(index).integers(0, 256, (40, 52, 3), dtype="uint8")
            Image.fromarray(pixels).save(tmp_path / "PAIRS" / role / f"{index}.png")
    return tmp_path / "PAIRS"


def test_train_a_small_recipe_on_pairs_of_your_own(pairs):
    narrow = [f"--set={role}.width=2" for role in ("generator", "discriminator")]
    command = ["train", "emoji_pix2pix_plain", "--data", str(pairs), "--dry-run", *narrow]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    assert "without input and target, which are fluent_emoji's" in result.stderr
    assert '"image_size": 64' in result.stdout
    assert "10 epochs of 1 steps of 8 images" in result.stdout
    result = CliRunner().invoke(main, [*command, "--set", "data_arguments.input=flat"])
    assert result.exit_code == 2
    assert "`input` is not for a folder. Leave it out." in result.stderr


@pytest.mark.parametrize("recipe", ["emoji_cyclegan", "cut"])
def test_pairs_for_a_recipe_that_learns_without(recipe, pairs):
    """Refused unless somebody says that they are none; so are photographs, which are no pairs."""
    command = ["train", recipe, "--data", str(pairs), "--dry-run"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 2
    assert "learns without pairs, but" in result.stderr
    assert "pix2pix" in result.stderr
    assert "--set data_arguments.pairing=unpaired" in result.stderr
    result = CliRunner().invoke(main, [*command, "--set", "data_arguments.pairing=unpaired"])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("recipe", ["emoji_pix2pix_plain", "pix2pix"])
def test_no_pairs_for_a_recipe_that_learns_from_pairs(recipe, pairs):
    """Files of one name are no pairs where the folder's layout says so."""
    for own, other in {"input": "trainA", "target": "trainB"}.items():
        (pairs / own).rename(pairs / other)
    command = ["train", recipe, "--data", str(pairs), "--dry-run", "--set=generator.width=2"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 2
    assert "is unpaired: 8 inputs and 8 samples. Take cyclegan or cut" in result.stderr
    if recipe == "emoji_pix2pix_plain":
        result = CliRunner().invoke(main, [*command, "--set", "data_arguments.pairing=paired"])
        assert result.exit_code == 0, result.output


@pytest.mark.parametrize("recipe", ["emoji_cyclegan", "emoji_pix2pix_plain", "pix2pix"])
def test_photographs_for_a_translator(recipe, pairs):
    result = CliRunner().invoke(main, ["train", recipe, "--data", str(pairs / "input")])
    assert result.exit_code == 2
    assert "is 52x40 pixels: too narrow for two pictures side by side." in result.stderr
