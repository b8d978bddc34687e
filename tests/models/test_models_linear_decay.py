import keras
import pytest

from gan_keras.models.linear_decay import LinearDecay


def test_held_and_then_falling():
    """100 epochs of each, by hand: the whole until 100, half at 150, nothing from 200 on."""
    rate = LinearDecay(2e-4, 200)
    found = [float(rate(step)) for step in (0, 100, 150, 175, 200, 300)]
    assert found == pytest.approx([2e-4, 2e-4, 1e-4, 0.5e-4, 0, 0], rel=1e-5, abs=1e-12)
    rate = LinearDecay(1.0, 8, hold=0.25, end_learning_rate=0.4)
    assert [float(rate(step)) for step in (2, 5, 8)] == pytest.approx([1, 0.7, 0.4])


def test_saved_and_loaded():
    rate = LinearDecay(1.0, 8, hold=0.25, end_learning_rate=0.4)
    adam = keras.optimizers.Adam(rate)
    again = keras.optimizers.deserialize(keras.optimizers.serialize(adam))
    assert float(again._learning_rate(5)) == float(rate(5))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0.0, 10), "above 0"),
        ((1e-3, 0), "`decay_steps` must be at least 1"),
        ((1e-3, 10, {"hold": 1.0}), "`hold` is a share"),
        ((1e-3, 10, {"end_learning_rate": -1.0}), "at least 0"),
    ],
)
def test_refused(arguments, message):
    *given, named = arguments if isinstance(arguments[-1], dict) else (*arguments, {})
    with pytest.raises(ValueError, match=message):
        LinearDecay(*given, **named)
