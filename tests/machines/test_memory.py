import math

import pytest

from gan_keras.machines import memory


@pytest.fixture(autouse=True)
def eight_gigabytes(monkeypatch):
    monkeypatch.setattr(memory, "_physical", lambda: 8e9)
    monkeypatch.setattr(memory, "_address_space", lambda: math.inf)


def test_more_than_half_is_refused():
    memory.check(4e9, "1000 samples", "Ask for fewer.")
    with pytest.raises(MemoryError) as caught:
        memory.check(4.1e9, "1000 samples", "Ask for fewer.")
    assert str(caught.value) == "1000 samples take 4.1 GB, and there are 8.0 GB. Ask for fewer."


def test_a_limit_of_the_shell_counts(monkeypatch):
    monkeypatch.setattr(memory, "_address_space", lambda: 2e9)
    assert memory.total() == 2e9
    with pytest.raises(MemoryError, match=r"there are 2\.0 GB"):
        memory.check(1.5e9, "x", "")


def test_small_things_are_never_refused(monkeypatch):
    monkeypatch.setattr(memory, "_address_space", lambda: 1.0)
    memory.check(2**28, "x", "")
