import dataclasses
import json
import re
import subprocess
import sys

import keras
import numpy as np
import pytest

from gan_keras import data, kinds, losses, models, recipes
from gan_keras.recipes import Recipe, algorithms, build, translators

QUICK = ("fashion_mnist_dcgan", "fashion_mnist_infogan", "ring")
EVERY = [  # translators: test_recipes_translators.py
    pytest.param(recipe, id=name, marks=() if name in QUICK else pytest.mark.slow)
    for name, recipe in recipes.NAMES.items()
    if recipe.algorithm not in translators.ALGORITHMS
]


def source_like(recipe):
    """Random data in the shape of the recipe's own, which may need a network."""
    random = np.random.default_rng(0)
    if recipe.data == "adult":
        table = {"age": random.normal(size=64), "job": random.choice(["cook", "clerk"], 64)}
        return data.source(table, min_rows=2, **recipe.data_arguments)
    if recipe.data in data.SEQUENCES:
        found = data.source(recipe.data, split="test", **recipe.data_arguments)
        return dataclasses.replace(
            found, samples=found.samples[:64], labels=np.arange(64) % 10, class_names=None
        )
    if recipe.data == "spoken_digits":
        waves = random.normal(size=(64, 4_096)).astype("float32")
        form = recipe.data_arguments.get("form", "spectrograms")
        kind = kinds.NAMES[form].fitted(waves[:8] / 9, rate=8_000)
        return data.Source(
            name="noise", samples=kind.encode(waves / 9), kind=kind, labels=np.arange(64) % 10
        )
    if recipe.data == "weather":
        days = data.source("weather", split="test")
        return dataclasses.replace(
            days, samples=days.samples[:64], labels=np.arange(64) % 10, class_names=None
        )
    if recipe.data == "moving_garments":
        clips = random.integers(0, 256, (64, 16, 28, 28, 3), dtype="uint8")
        kind = kinds.Videos(shape=clips.shape[1:])
        return data.Source(name="clips", samples=clips, kind=kind, labels=np.arange(64) % 10)
    if recipe.network == "mlp":
        return data.source(random.normal(size=(64, 2)).astype("float32"))
    shape = (32, 32, 3) if "cifar" in recipe.data else (28, 28, 1)
    if recipe.name == "photos":
        shape = (64, 64, 3)
    images = random.integers(0, 256, (64, *shape), dtype="uint8")
    return data.source((images, np.arange(64) % 10))


def small(recipe):
    """The same recipe on narrow networks, few images, and no more critic updates than two."""
    packing = recipe.model.get("packing", 1)
    changes = {"batch_size": 4 * packing, "discriminator_steps": min(2, recipe.discriminator_steps)}
    for role in ("generator", "discriminator"):
        if recipe.network == "doppelganger":
            changes[f"{role}.units"] = 8
            continue
        if recipe.algorithm == "sequence_gan":
            changes |= {"generator.units": 8, "discriminator.width": 8}
            changes["data_arguments.length"] = 4  # each place is traced
            continue
        if recipe.network in ("table_mlp", "sequence", "series", "wavegan"):
            changes[f"{role}.width"] = 8
            continue
        widths = getattr(recipe, role).get("widths", ())
        changes[f"{role}.widths"] = (8,) * len(widths)
        if recipe.network == "r3gan":
            changes[f"{role}.group_size"] = 4
    return recipe.with_settings(changes)


@pytest.mark.parametrize("recipe", EVERY)
def test_every_recipe_builds_and_takes_two_steps(recipe):
    recipe = small(recipe)
    source = source_like(recipe)
    gan = recipe.build(source, seed=3)
    assert gan.sample_shape == source.kind.shape
    assert gan.num_classes == (10 if recipe.conditional else None)
    assert gan.seed == 3
    assert gan.batches_per_step() == recipe.discriminator_steps + recipe.fresh_noise
    rate = recipe.generator_optimizer["learning_rate"]
    first_rate = rate["initial_learning_rate"] if isinstance(rate, dict) else rate
    assert abs(float(gan.generator_optimizer.learning_rate) - first_rate) < 1e-9
    for argument in ("penalties", "generator_penalties"):
        built = {penalty.name: penalty.weight for penalty in getattr(gan, argument, ())}
        wanted = getattr(recipe, argument).items()
        assert built == {name: arguments["weight"] for name, arguments in wanted}
    before = [network.get_weights()[0] for network in (gan.generator, gan.discriminator)]
    num = recipe.batch_size * gan.batches_per_step()
    dataset = source.batches(num, repeat=True, labels=recipe.conditional).take(2)
    losses = gan.fit(dataset, verbose=0).history
    assert np.isfinite([losses["d_loss"], losses["g_loss"]]).all()
    for network, weights in zip((gan.generator, gan.discriminator), before, strict=True):
        assert not np.array_equal(network.get_weights()[0], weights)


def test_a_run_of_lines_is_shared_among_likelihood_and_game():
    """20 passes over 68 batches of 64: .45 of 87,040 by likelihood; few lines have as many."""
    source = data.source("names")
    few = dataclasses.replace(source, samples=source.samples[:640], labels=source.labels[:640])
    for name in ("names_policy", "names_relgan"):
        recipe = recipes.get(name)
        assert recipes.SUITED[name](recipe, source) == recipe
        assert recipe.model["pretraining"] == 39_168
        shorter = recipes.SUITED[name](recipe, few)
        assert (shorter.epochs, shorter.model["pretraining"]) == (136, 39_168)
    assert recipe.surrogate["annealing"] == shorter.surrogate["annealing"] == 87_040 - 39_168


def test_the_table_s_rows_differ_in_what_they_name():
    own = {"name", "summary", "loss", "penalties"}
    base = recipes.get("fashion_mnist_minimax").settings()
    for name, allowed in {
        "non_saturating": own,
        "least_squares": own,
        "dragan": own,
        "relativistic_average": own,
        "hinge_sn": {*own, "discriminator"},
        "projection": {*own, "conditional", "discriminator"},
        "concatenation": {*own, "conditional", "discriminator"},
        "acgan": {*own, "conditional", "algorithm"},
    }.items():
        settings = recipes.get(f"fashion_mnist_{name}").settings()
        assert {key for key in base if base[key] != settings[key]} <= allowed, name


def test_published_settings_say_whether_we_ran_them():
    published = [recipe for recipe in recipes.NAMES.values() if recipe.published]
    assert len(published) == 13
    for recipe in published:
        assert recipe.published["ours"] == "not yet run by us"
        assert recipe.published["score"]
        assert recipe.published["protocol"]


def test_published_recipes_are_as_long_as_their_schedules():
    for recipe in recipes.NAMES.values():
        if not recipe.published or recipe.algorithm in translators.ALGORITHMS:
            continue
        real_for_generator = recipe.fresh_noise and recipe.loss == "relativistic_paired"
        batches = recipe.discriminator_steps + real_for_generator
        steps = recipe.epochs * (50_000 // (recipe.batch_size * batches))
        for optimizer, updates in (
            (recipe.generator_optimizer, steps),
            (recipe.discriminator_optimizer, steps * recipe.discriminator_steps),
        ):
            if isinstance(rate := optimizer["learning_rate"], dict):
                assert 0.99 < updates / rate["decay_steps"] < 1.02, recipe.name
        for penalty in recipe.penalties.values():
            if "annealing_steps" in penalty:
                assert 0.99 < steps / penalty["annealing_steps"] < 1.02, recipe.name


def test_every_algorithm_can_be_had_by_a_recipe():
    assert set(algorithms.NETWORKS) == set(models.NAMES)


def test_terms_of_the_generator_and_wrapped_losses():
    recipe = small(recipes.get()).with_settings(
        {
            "generator_penalties.feature_matching.weight": 0.5,
            "generator_penalties.historical_averaging": {},
            "loss": {"name": "top_k", "loss": "least_squares", "share": 0.5},
            "loss.loss.label_smoothing": 0.1,
        }
    )
    gan = recipe.build(source_like(recipe))
    assert [penalty.name for penalty in gan.generator_penalties] == [
        "feature_matching",
        "historical_averaging",
    ]
    smooth = losses.LeastSquares(label_smoothing=0.1)
    assert gan.adversarial_loss == losses.TopK(loss=smooth, share=0.5)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"weight_clip": 0.01, "discriminator.normalization": "spectral"},
            "'discriminator' has spectral norm",
        ),
        ({"discriminator.normalization": "batch"}, "R1 needs a logit that each image has on its"),
        ({"augment": {"name": "adaptive", "transforms": ("hue",)}}, "colour"),
        ({"algorithm": "ssgan", "augment": "adaptive"}, "Algorithm 'ssgan' takes no `augment`."),
        ({"algorithm": "began"}, "takes no `loss`. Leave it out (loss=None), or take another"),
        ({"loss": {"name": "top_k", "loss": {"name": "hing"}}}, "Unknown loss.loss 'hing'."),
        ({"algorithm": "ssgan", "conditional": True}, "Leave it out (conditional=False), or"),
        ({"algorithm": "infogan", "model.categories": 10}, "such as (10,). Received: 10."),
        ({"generator.widths": 64}, "positive integers, one for each size up to 28x28"),
        ({"penalties.r1.weight": "abc"}, "`weight` of R1 must be a number, at least 0. Received"),
        ({"algorithm": "began", "loss": None}, "`penalties`. Leave it out (penalties={})"),
        ({"algorithm": "acgna"}, "Unknown algorithm 'acgna'. Did you mean 'acgan'?"),
        ({"algorithm": "acgan"}, "AC-GAN is conditional. Set conditional=True"),
        ({"network": "biggan", "generator": {}, "discriminator": {}}, "BigGAN is conditional"),
        ({"model.packing": 2, "conditional": True}, "so it can't be 2 in a conditional model"),
        ({"generator_penalties.path_length": {}}, "has no styles"),
    ],
)
def test_settings_that_contradict_are_refused_at_construction(changes, message):
    recipe = small(recipes.get("fashion_mnist_dcgan")).with_settings(changes)
    with pytest.raises(ValueError, match=re.escape(message)):
        recipe.build(source_like(recipe))


def test_packing_that_does_not_divide_the_batch():
    with pytest.raises(ValueError, match=r"`batch_size` \(=64\) can't be packed by 3"):
        recipes.get().with_settings({"model.packing": 3})


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
            "penalties.dragan.weight": 1.0,
            "moving_average.ramp_up": None,
            "generator.widths": [3, 2, 1],
            "epochs": 7,
        }
    )
    assert recipe.loss == {"name": "relativistic_paired", "label_smoothing": 0.1}
    lazy = {"weight": 0.3, "interval": 8}
    assert recipe.penalties == {
        "r1": {"weight": 2.0, "interval": 8},
        "r2": lazy,
        "dragan": {"weight": 1.0},
    }
    assert recipe.moving_average["ramp_up"] is None
    assert recipe.generator == {"latent_dim": 64, "widths": (3, 2, 1), "mapping": 128}
    assert recipe.epochs == 7
    assert recipes.get("fashion_mnist_dcgan").penalties == {"r1": lazy, "r2": lazy}


def test_changes_are_not_changed():
    adam = {"name": "adam", "learning_rate": 0.1}
    changes = {f"{player}_optimizer": adam for player in ("generator", "discriminator")}
    changes["generator_optimizer.learning_rate"] = 0.2
    recipe = recipes.get("ring").with_settings(changes)
    assert recipe.generator_optimizer["learning_rate"] == 0.2
    assert recipe.discriminator_optimizer == adam == {"name": "adam", "learning_rate": 0.1}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"epoch": 3}, "Unknown setting 'epoch'. Did you mean 'epochs'?"),
        ({"penalty.r1": 3}, "Unknown setting 'penalty'. Did you mean 'penalties'?"),
        ({"epochs.r1": 3}, "'epochs.r1' leads into"),
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
        ({"batch_size": 8.5}, "`batch_size` is a whole number. Received: 8.5"),
        ({"epochs": True}, "`epochs` is a whole number. Received: True"),
        ({"penalties": "r1"}, "`penalties` is a dict of settings. Received: 'r1'"),
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


@pytest.mark.parametrize(
    ("changes", "generator_updates", "discriminator_updates"),
    [
        ({}, 48, 48),  # 3 epochs of 64 samples in batches of 4
        ({"discriminator_steps": 2}, 24, 48),
        ({"fresh_noise": True, "loss": "relativistic_paired"}, 24, 24),  # fresh real ones, too
        ({"fresh_noise": True, "loss": "hinge"}, 48, 48),
        ({"generator_optimizer.learning_rate.warmup_steps": 8}, 48, 48),  # to no target: ignored
        (
            {
                "generator_optimizer.learning_rate.warmup_target": 3e-3,
                "generator_optimizer.learning_rate.warmup_steps": 8,
            },
            48,
            48,
        ),
        ({"generator_optimizer.learning_rate.decay_steps": 10}, 10, 48),
    ],
)
def test_a_rate_that_falls_falls_over_all_epochs(changes, generator_updates, discriminator_updates):
    recipe = recipes.get("ring").with_settings({"batch_size": 4, "epochs": 3, **changes})
    gan = recipe.build(source_like(recipe))
    for optimizer, updates in (
        (gan.generator_optimizer, generator_updates),
        (gan.discriminator_optimizer, discriminator_updates),
    ):
        rate = optimizer._learning_rate  # the schedule; Keras shows its value only
        assert float(rate(updates)) == pytest.approx(0.02 * 3e-3, rel=1e-4)
        assert float(rate(updates - 4)) > 0.021 * 3e-3


def test_the_last_step_of_a_falling_rate_still_moves():
    """CycleGAN's falls to nothing: over 4 updates 1, 1, 1 and 1/2 of it are taken, never 0.

    It is held for half of them, as the paper's. The place is the optimizer's own count, which
    checkpoints keep: after the third update a run that goes on takes 1/2, and not the whole again.
    """
    rate = recipes.get("cyclegan").generator_optimizer["learning_rate"]
    settings = {"name": "sgd", "learning_rate": rate}
    weight = keras.Variable([0.0])
    taken, stored = [], None
    first = build.optimizer("generator_optimizer", settings, 4)
    for _ in range(4):
        before = float(weight[0])
        first.apply([keras.ops.ones(1)], [weight])
        taken.append(before - float(weight[0]))
        stored = stored or (first.iterations.numpy() == 3 and first.iterations.numpy())
    assert taken == pytest.approx([2e-4, 2e-4, 2e-4, 1e-4], rel=1e-4)
    resumed = build.optimizer("generator_optimizer", settings, 4)
    resumed.iterations.assign(stored)
    resumed.apply([keras.ops.ones(1)], [weight])
    assert float(weight[0]) == pytest.approx(-7e-4 - 1e-4, rel=1e-4)


def test_data_that_fill_no_step_are_no_reason_for_a_division_by_nothing():
    recipe = recipes.get("ring").with_settings({"batch_size": 256})
    assert np.isfinite(float(recipe.build(source_like(recipe)).generator_optimizer.learning_rate))


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
