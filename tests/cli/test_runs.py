import json
import re

import pytest

from gan_keras import files
from gan_keras.running import runs


def test_new_folder_holds_its_config(tmp_path):
    run = runs.create(tmp_path / "a" / "run", {"recipe": "ring", "sizes": (1, 2)})
    assert run.read_config() == {"format": 1, "recipe": "ring", "sizes": [1, 2]}
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["run"]


def test_empty_folder_will_do(tmp_path):
    assert runs.create(tmp_path, {}).read_config() == {"format": 1}


def test_folder_that_exists_is_left_alone(tmp_path):
    (tmp_path / "precious").write_text("data")
    with pytest.raises(ValueError, match=r"exists already. Give another --out, or .*--resume"):
        runs.create(tmp_path, {})
    assert [path.name for path in tmp_path.iterdir()] == ["precious"]


def test_default_folders_count_up(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for number in (1, 2, 3):
        assert str(runs.default_folder("ring")) == f"runs/ring-{number}"
        runs.create(runs.default_folder("ring"), {})


def test_newest_is_the_largest_number(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="No run of 'ring'"):
        runs.newest("ring")
    for name in ("ring-9", "ring-10", "ring-x", "string-11", "ring-b-12"):
        (tmp_path / "runs" / name).mkdir(parents=True)
    assert runs.newest("ring").name == "ring-10"


def test_no_run_folder(tmp_path):
    with pytest.raises(ValueError, match=r"is no run folder: it has no config.json"):
        runs.Run(tmp_path).read_config()


def test_damaged_config(tmp_path):
    (tmp_path / "config.json").write_text('{"recipe": "ri')
    with pytest.raises(ValueError, match=r"config.json' is damaged"):
        runs.Run(tmp_path).read_config()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[" * 100_000, "is damaged"),
        ("null", "is damaged: it holds a NoneType, not settings"),
        ('{"settings": 5}', "is damaged: 'settings' is 5, not settings"),
        ('{"recipe": null}', "is damaged: 'recipe' is None, not a name"),
        ('{"settings": {"data": []}}', "is damaged: `data` is text. Received: []"),
        ('{"settings": {"epochs": true}}', "`epochs` is a whole number. Received: True"),
        ('{"arguments": {"seed": "x"}}', "is damaged: 'seed' of 'arguments' is 'x', no int"),
        ('{"data": {"sample_shape": [28, "a"]}}', "[28, 'a'], not positive integers"),
        ('{"data": {"class_names": 5}}', "'class_names' of 'data' is 5, no list"),
        ('{"format": 2}', "is a run of format 2, but this version of gan_keras knows format 1"),
    ],
)
def test_config_that_is_none_of_ours(tmp_path, text, message):
    (tmp_path / "config.json").write_text(text)
    with pytest.raises(ValueError, match=re.escape(message)):
        runs.Run(tmp_path).read_config()


def test_config_says_which_key_it_lacks(tmp_path):
    config = runs.create(tmp_path, {"settings": {}}).read_config()
    with pytest.raises(ValueError, match=r"config\.json is damaged: it lacks 'arguments'"):
        config["arguments"]
    with pytest.raises(ValueError, match="it lacks 'data'"):
        config["settings"]["data"]


@pytest.mark.parametrize("value", [{1, 2}, b"x", 1j, ..., {(1, 2): 3}])
def test_what_json_can_not_hold_leaves_nothing_behind(tmp_path, value):
    with pytest.raises(ValueError, match=r"A setting can't be kept in config\.json"):
        runs.create(tmp_path / "run", {"settings": {"loss": value}})
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["../../evil", "/evil", "a\\b", "..", ""])
def test_name_may_hold_no_path(name):
    with pytest.raises(ValueError, match="`name` is part of the run folder's name"):
        runs.default_folder(name)


def test_versions_are_those_installed():
    import keras

    assert runs.versions()["keras"] == keras.__version__
    json.dumps(runs.versions())


def test_replacing_keeps_the_old_file_on_error(tmp_path):
    path = tmp_path / "file.txt"
    files.write_text(path, "old")

    def break_off():
        with files.replacing(path) as temporary:
            temporary.write_text("half of the n")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    assert path.read_text() == "old"
    assert [item.name for item in tmp_path.iterdir()] == ["file.txt"]
