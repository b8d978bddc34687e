"""The pictures of docs/algorithms.md: short trainings, drawn, with their cost.

    python -m benchmarks.quality.pictures [--only bigan,ssgan] [--run FOLDER] [--quick]

Each training is a process of its own; one that is finished is a line of results/pictures.jsonl, and
is not run again as long as its pictures are there: delete a picture to have it made anew. The
captions are written into the page from the lines (--report does only that). All are
of seed 0 on 9,500 of the bundled images; the other 500 are for reconstructions. The latent tools
are shown on the default recipe as it is, on all images: --run names a run folder of it that is
finished already. At the defaults all takes about 20 minutes of CPU. --quick tries everything in a
temporary folder.
"""

import functools
import pathlib
import time

from benchmarks import resumable
from benchmarks.pages import report
from benchmarks.quality import captions, training_run

LINES = report.RESULTS / "pictures.jsonl"
HELD_OUT = 0.05

EPOCHS = 4
# What a recipe of the table of results must change to learn as fast as the default one.
RATE = {"name": "cosine_decay", "initial_learning_rate": 2e-3, "alpha": 0.1}
ADAM = {"name": "adam", "learning_rate": RATE, "beta_1": 0.0, "beta_2": 0.99}
LIKE_DEFAULT = {
    "loss": "relativistic_paired",
    "penalties": {name: {"weight": 0.3, "interval": 8} for name in ("r1", "r2")},
    "generator_optimizer": ADAM,
    "discriminator_optimizer": ADAM,
}
# Training: recipe, epochs, changed settings, and its pictures: name, function of drawings.py.
TRAININGS = {
    "tools": (
        "fashion_mnist_dcgan",
        36,
        {},
        {
            "interpolations": "interpolations",
            "truncations": "truncations",
            "directions": "directions",
            "inversions": "inversions",
        },
    ),
    "by_class": ("fashion_mnist_conditional", EPOCHS, {}, {"by_class": "by_class"}),
    "infogan": (
        "fashion_mnist_infogan",
        8,
        LIKE_DEFAULT,
        {"infogan_codes": "codes"},
    ),
    "bigan": ("fashion_mnist_bigan", EPOCHS, {}, {"bigan": "reconstructions"}),
    "adversarial_autoencoder": (
        "fashion_mnist_adversarial_autoencoder",
        EPOCHS,
        {},
        {"adversarial_autoencoder": "reconstructions"},
    ),
    "vae_gan": ("fashion_mnist_vae_gan", 8, {}, {"vae_gan": "reconstructions"}),
    "began": ("fashion_mnist_began", 3, {}, {"began": "given_back"}),
    "ssgan": ("fashion_mnist_ssgan", EPOCHS, {}, {"ssgan": "samples"}),
    "pacgan": ("fashion_mnist_pacgan", EPOCHS, {}, {"pacgan": "samples"}),
    "top_k": ("fashion_mnist_top_k", EPOCHS, {}, {"top_k": "samples"}),
    "feature_matching": (
        "fashion_mnist_feature_matching",
        EPOCHS,
        {},
        {"feature_matching": "samples"},
    ),
    "historical_averaging": (
        "fashion_mnist_historical_averaging",
        EPOCHS,
        {},
        {"historical_averaging": "samples"},
    ),
    "sagan": ("fashion_mnist_sagan", 3, {}, {"sagan": "samples"}),
    "biggan": ("fashion_mnist_biggan", 3, {}, {"biggan": "by_class"}),
}


def one_training(*, training, pictures, quick=False, run=None):
    """Trains, or takes what a run has trained, draws, and returns the line."""
    from benchmarks.pages import drawings
    from gan_keras import data, images, recipes
    from gan_keras.running import runs, sampling

    recipe_name, epochs, changes, drawn = TRAININGS[training]
    recipe = recipes.get(recipe_name).with_settings({**changes, "epochs": epochs})
    source = data.source(recipe.data)
    source, held_out = (source, source) if training == "tools" else source.split(HELD_OUT)
    cpu_seconds = None
    if run is None or training != "tools":
        model, cpu_seconds = trained(recipe, source, quick=quick)
    else:
        run = runs.Run(run)
        check_same(run.read_config()["settings"], recipe)
        model = sampling.load(run)
    numbers = {}
    for name, drawing in drawn.items():
        picture, measured = getattr(drawings, drawing)(model, held_out)
        images.save_png(pathlib.Path(pictures) / f"{name}.png", drawings.enlarged(picture))
        numbers.update(measured)
    return {
        "training": training,
        "recipe": recipe_name,
        "changes": changes,
        "epochs": epochs,
        "steps": model.steps_done,
        "cpu_seconds": cpu_seconds,
        "pictures": list(drawn),
        **numbers,
        "data": f"{source.name}@{source.fingerprint}",
        "machine": report.machine(),
    }


def trained(recipe, source, *, quick):
    """The recipe's model, trained on all epochs (or two steps), and the CPU seconds that took."""
    model = recipe.build(source, seed=0)
    dataset = training_run.batches(recipe, model, source, seed=0)
    images_per_step = recipe.batch_size * model.batches_per_step()
    steps, epochs = source.num_samples // images_per_step, recipe.epochs
    if quick:
        steps, epochs = 2, 1
    start = time.process_time()
    model.fit(dataset, steps_per_epoch=steps, epochs=epochs, verbose=0)
    return model, round(time.process_time() - start, 1)


def check_same(settings, recipe):
    """Raises ValueError unless a run had the settings of `recipe`."""
    from gan_keras.machines.agreement import differences
    from gan_keras.recipes import Recipe

    if found := differences(Recipe.from_settings(settings).settings(), recipe.settings()):
        raise ValueError(f"The run of --run had other settings: {found}.")


def is_done(path, key, folder):
    """Whether a training has its line and all its pictures."""
    *_, pictures = TRAININGS[key["training"]]
    there = all((folder / f"{picture}.png").exists() for picture in pictures)
    return there and resumable.has_line(path, key)


def main():
    parser = resumable.parser(__doc__)
    parser.add_argument("--only", default=",".join(TRAININGS))
    parser.add_argument("--run", help="a finished run folder of the default recipe, for `tools`")
    arguments = parser.parse_args()
    lines = resumable.lines_of(
        arguments,
        one_training,
        LINES,
        [{"training": name} for name in resumable.named(parser, arguments.only, TRAININGS, "")],
        told=lambda line: f"{line['cpu_seconds']} CPU seconds, {', '.join(line['pictures'])}",
        is_done=functools.partial(is_done, folder=report.PICTURES),
        pictures=str(report.PICTURES),
        quick=arguments.quick,
        run=None if arguments.quick else arguments.run,
    )
    if not arguments.quick:
        page = captions.PAGE.read_text(encoding="utf-8")
        captions.PAGE.write_text(captions.written(page, lines), encoding="utf-8")


if __name__ == "__main__":
    main()
