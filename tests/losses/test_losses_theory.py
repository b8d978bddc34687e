"""The code in docs/theory.md runs, and what it says of the numbers is so."""

import pathlib
import re

import numpy as np

from gan_keras import losses, penalties

THEORY = pathlib.Path(__file__).parents[2] / "docs" / "theory.md"


def test_every_snippet_runs():
    snippets = re.findall(r"```python\n(.*?)```", THEORY.read_text(encoding="utf-8"), re.DOTALL)
    assert len(snippets) >= 5
    names = {}
    for snippet in snippets:
        exec(snippet, names)  # in one namespace, as a reader would
    assert names["adaptive"].ramp_images == 100_000


def test_every_loss_and_penalty_is_explained():
    text = THEORY.read_text(encoding="utf-8")
    for name in losses.NAMES:
        assert f'`"{name}"`' in text, name
    for penalty in penalties.NAMES.values():
        assert f"`{penalty.__name__}(" in text, penalty


def test_the_optimal_discriminator_gives_the_divergences_named():
    """On a space of two points: minimax is 2 JS - log 4, hinge is 2 - 2 TV."""
    p, q = np.array([0.75, 0.25]), np.array([0.5, 0.5])

    def expected(loss, logits):  # four draws of each side, in their shares
        real, fake = np.repeat(logits, [3, 1]), np.repeat(logits, [2, 2])
        return float(loss.discriminator(real.astype("float32"), fake.astype("float32")))

    middle = (p + q) / 2
    js = 0.5 * np.sum(p * np.log(p / middle)) + 0.5 * np.sum(q * np.log(q / middle))
    assert abs(-expected(losses.Minimax(), np.log(p / q)) - (2 * js - np.log(4))) < 1e-6
    assert abs(expected(losses.Hinge(), np.sign(p - q)) - (2 - 2 * 0.25)) < 1e-6
