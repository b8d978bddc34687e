"""The page of a run in which its generator runs."""

from pathlib import Path

from gan_keras import files
from gan_keras.files.marks import Mark
from gan_keras.running import class_choice, runs


def page(run, out, *, marked=True):
    """Writes the page of a run's newest checkpoint.

    Args:
        run: a run folder.
        out: path of the HTML file.
        marked: whether pictures that the page saves say that they are generated, and by what.
            Defaults to True.

    Raises:
        ValueError: no checkpoint, samples that no page shows, a translator that is given more than
            one image, or an operation that the page's engine lacks; one line.
    """
    # Here, since the other pages open no model and need no TensorFlow, which loads slowly.
    from gan_keras.pages.explorer import text_of
    from gan_keras.running import sampling

    run = runs.Run(run)
    names = class_choice.names_of(run)
    model = sampling.load(run)
    mark = Mark(run=run.name, step=model.steps_done, seed=None) if marked else None
    files.write_text(Path(out), text_of(model, run.name, names, mark))
