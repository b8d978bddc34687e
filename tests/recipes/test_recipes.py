import dataclasses
import json
import re
import subprocess
import sys

import numpy as np
import pytest

from gan_keras import data, recipes
from gan_keras.recipes import Recipe


def source_like(recipe):
    """Random data in the shape of the recipe's own, which may need a network."""
    random = np.random.default_rng(0)
    if recipe.network == "mlp":
        return data.source(random.normal(size=(64, 2)).astype("float32"))
    shape = (32, 32, 3) if "cifar" in recipe.data else (28, 28, 1)
    images = random.integers(0, 256, (64, *shape), dtype="uint8")
    return data.source((images, np.arange(64) % 10))


@pytest.mark.parametrize("recipe", recipes.NAMES.values(), ids=list(recipes.NAMES))
def test_every_recipe_builds(recipe):
    source = source_like(recipe)
    gan = recipe.build(source, seed=3)
    assert gan.image_shape == source.sample_shape
    assert gan.num_classes == (10 if recipe.conditional else None)
    assert gan.seed == 3
    assert gan.batches_per_step() == recipe.discriminator_steps
    rate = recipe.generator_optimizer["learning_rate"]
    assert abs(float(gan.generator_optimizer.learning_rate) - rate) < 1e-9
    assert {penalty.name: penalty.weight for penalty in gan.penalties} == {
        name: arguments["weight"] for name, arguments in recipe.penalties.items()
    }


@pytest.mark.parametrize("recipe", recipes.NAMES.values(), ids=list(recipes.NAMES))
def test_every_recipe_survives_json(recipe):
    again = Recipe.from_settings(json.loads(json.dumps(recipe.settings())))
    assert again == recipe


def test_recipes_import_nothing_heavy():
    code = (
        "import sys, gan_keras.recipes; print(sorted({'tensorflow', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_default_is_the_main_job():
    assert recipes.get().name == "fashion_mnist_dcgan"
    assert recipes.get().data == "fashion_mnist_10k"


def test_unknown_recipe_says_the_nearest():
    with pytest.raises(ValueError, match=r"Unknown recipe 'rng'. Did you mean 'ring'\?"):
        recipes.get("rng")


def test_settings_change_by_dotted_keys():
    recipe = recipes.get("fashion_mnist_dcgan").with_settings(
        {
            "loss.label_smoothing": 0.1,
            "penalties.r1.weight": 2.0,
            "penalties.r2.weight": 1.0,
            "moving_average.ramp_up": None,
            "generator.widths": [3, 2, 1],
            "epochs": 7,
        }
    )
    assert recipe.loss == {"name": "non_saturating", "label_smoothing": 0.1}
    assert recipe.penalties == {"r1": {"weight": 2.0, "interval": 8}, "r2": {"weight": 1.0}}
    assert recipe.moving_average["ramp_up"] is None
    assert recipe.generator == {"latent_dim": 64, "widths": (3, 2, 1)}
    assert recipe.epochs == 7
    assert recipes.get("fashion_mnist_dcgan").penalties == {"r1": {"weight": 0.3, "interval": 8}}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"epoch": 3}, "Unknown setting 'epoch'. Did you mean 'epochs'?"),
        ({"penalty.r1": 3}, "Unknown setting 'penalty'. Did you mean 'penalties'?"),
        ({"epochs.r1": 3}, "'epochs.r1' leads into 40"),
        ({"loss..a": 3}, "names with dots between. Received: 'loss..a'"),
        ({"epochs": 0}, "`epochs` must be at least 1. Received: 0"),
    ],
)
def test_bad_settings(changes, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        recipes.get("ring").with_settings(changes)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"batch_size": 8.5}, "`batch_size` must be of type int. Received: 8.5"),
        ({"epochs": True}, "`epochs` must be of type int. Received: True"),
        ({"penalties": "r1"}, "`penalties` must be of type dict. Received: 'r1'"),
    ],
)
def test_settings_of_the_wrong_type(changes, message):
    with pytest.raises(TypeError, match=re.escape(message)):
        recipes.get("ring").with_settings(changes)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"loss": "hing"}, "Unknown loss 'hing'. Did you mean 'hinge'?"),
        ({"network": "mpl"}, "Unknown network 'mpl'. Did you mean 'mlp'?"),
        ({"penalties.lecan.weight": 1}, "Unknown penalty 'lecan'. Did you mean 'lecam'?"),
        (
            {"penalties.r1.wieght": 1},
            "Unknown setting 'penalties.r1.wieght'. Did you mean 'weight'",
        ),
        ({"generator.width": (4,)}, "Unknown setting 'generator.width'. Did you mean 'widths'?"),
        ({"generator_optimizer.name": "adm"}, "Unknown optimizer 'adm'. Did you mean 'adam'?"),
        ({"generator_optimizer.beta1": 0}, "Unknown setting 'generator_optimizer.beta1'. Did you"),
        ({"moving_average.halflife": 1}, "Unknown setting 'moving_average.halflife'. Did you mean"),
        ({"model.pakcing": 2}, "Unknown setting 'model.pakcing'. Did you mean 'packing'?"),
        ({"conditional": True}, "Recipe 'ring' is conditional but 'array' has no labels."),
    ],
)
def test_bad_names_are_found_when_building(changes, message):
    recipe = recipes.get("ring").with_settings(changes)
    with pytest.raises(ValueError, match=re.escape(message)):
        recipe.build(source_like(recipe))


def test_thing_without_a_name():
    recipe = recipes.get("ring").with_settings({"loss": {"label_smoothing": 0.1}})
    with pytest.raises(TypeError, match="`loss` takes a name, or a dict with a 'name'"):
        recipe.build(source_like(recipe))


def test_learning_rate_may_be_a_schedule():
    schedule = {
        "name": "polynomial_decay",
        "initial_learning_rate": 0.1,
        "end_learning_rate": 0.0,
        "decay_steps": 10,
    }
    recipe = recipes.get("ring").with_settings({"generator_optimizer.learning_rate": schedule})
    gan = recipe.build(source_like(recipe))
    gan.generator_optimizer.iterations.assign(5)  # half way down from 0.1
    assert abs(float(gan.generator_optimizer.learning_rate) - 0.05) < 1e-7


def test_same_seed_same_weights():
    recipe = recipes.get("ring")
    source = source_like(recipe)
    one, same, other = (recipe.build(source, seed=seed) for seed in (1, 1, 2))
    first = [gan.generator.get_weights()[0] for gan in (one, same, other)]
    assert np.array_equal(first[0], first[1])
    assert not np.array_equal(first[0], first[2])


def test_recipe_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        recipes.get("ring").epochs = 3
