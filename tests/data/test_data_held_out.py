"""Data that were never trained on, named or found."""

import numpy as np
import pytest

from gan_keras import data, images
from gan_keras.data import held_out


def points(seed, num=10):
    return np.random.default_rng(seed).normal(size=(num, 2)).astype("float32")


def test_a_named_set_gives_its_test_split():
    test = data.source("ring", split="test").fingerprint
    assert held_out.named("ring").fingerprint == test
    assert held_out.default("ring").fingerprint == test
    # What a run was trained on comes with its arguments, its split among them.
    assert held_out.default("ring", split="train").fingerprint == test


def test_the_bundled_images_take_fashion_mnists_test_images(monkeypatch):
    asked = []

    def fashion_mnist(*, split):
        asked.append(split)
        return data.Source(name="fashion_mnist", samples=np.zeros((2, 28, 28, 1), "uint8"))

    monkeypatch.setitem(data._SOURCES, "fashion_mnist", fashion_mnist)
    assert held_out.default("fashion_mnist_10k").name == "fashion_mnist"
    assert asked == ["test"]

    def not_there(*, split):
        raise ValueError("No network.")

    monkeypatch.setitem(data._SOURCES, "fashion_mnist", not_there)
    with pytest.raises(ValueError, match=r"'fashion_mnist_10k': No network\. .*--held-out DATA"):
        held_out.default("fashion_mnist_10k")


def test_files_and_folders(tmp_path):
    np.savez(tmp_path / "both.npz", x_train=points(0), x_test=points(1, num=3))
    np.savez(tmp_path / "one.npz", x=points(2))
    both, one = str(tmp_path / "both.npz"), str(tmp_path / "one.npz")
    assert held_out.named(both).num_samples == held_out.default(both).num_samples == 3
    assert held_out.named(one).num_samples == 10  # all of it: whoever names it knows
    for split, num in (("train", 2), ("test", 1)):
        (tmp_path / "folder" / split).mkdir(parents=True)
        for index in range(num):
            picture = np.zeros((4, 4, 1), "uint8")
            images.save_png(tmp_path / "folder" / split / f"{index}.png", picture)
    folder = str(tmp_path / "folder")
    assert held_out.named(folder).num_samples == held_out.default(folder).num_samples == 1
    assert held_out.named(f"{folder}/train").num_samples == 2
    source = data.Source(name="mine", samples=points(3))
    assert held_out.named(source) is source


def test_without_a_test_split(tmp_path):
    np.savez(tmp_path / "one.npz", x=points(2))
    with pytest.raises(ValueError, match=r"one.npz' has no test split\. Name data .*--held-out"):
        held_out.default(str(tmp_path / "one.npz"))
    with pytest.raises(ValueError, match="No test split for 'stacked_fashion_mnist'"):
        held_out.default("stacked_fashion_mnist")
    with pytest.raises(ValueError, match="has no 'test' split"):
        held_out.named("fashion_mnist_10k")
