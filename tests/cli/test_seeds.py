import sys

import pytest

from gan_keras.commands import seeds


def test_runs_and_their_spread(tmp_path, monkeypatch, capsys):
    commands = []

    def run(command):
        commands.append(command)
        folder = tmp_path / "out" / f"seed-{command[-3]}"
        folder.mkdir(parents=True)
        number = int(command[-3])
        rows = f"epoch,d_loss,fid\n0,9,{number + 1}\n1,{number},\n"  # no score in the last epoch
        (folder / "history.csv").write_text(rows)
        return 0

    monkeypatch.setattr(seeds, "ended", run)
    assert seeds.run_all([1, 3], str(tmp_path / "out"), ["ring", "--quality", "fid"]) == 0
    assert [command[2:] for command in commands] == [
        [
            *("gan_keras", "train", "ring", "--quality", "fid"),
            *("--seed", str(seed), "--out", str(tmp_path / "out" / f"seed-{seed}")),
        ]
        for seed in (1, 3)
    ]
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    # Of 1 and 3 the mean is 2 and the sample deviation sqrt(2); of 2 and 4 it is the same about 3.
    assert lines[-2] == ["d_loss", "1", "3", "2", "1.4142"]
    assert lines[-1] == ["fid", "2", "4", "3", "1.4142"]


def test_a_run_that_fails_ends_them(tmp_path, monkeypatch):
    monkeypatch.setattr(seeds, "ended", lambda command: 130)
    assert seeds.run_all([1, 3], str(tmp_path), []) == 130


def test_a_training_is_waited_for_whatever_the_keyboard_says(monkeypatch):
    """Ctrl-C reaches it, too: it saves, which takes longer than a kill would give it."""
    assert seeds.ended([sys.executable, "-c", "raise SystemExit(7)"]) == 7
    waited = iter([KeyboardInterrupt, KeyboardInterrupt, 130])

    class Child:
        def wait(self):
            found = next(waited)
            if found is KeyboardInterrupt:
                raise found
            return found

    monkeypatch.setattr(seeds.subprocess, "Popen", lambda command: Child())
    assert seeds.ended(["training"]) == 130


@pytest.mark.parametrize("text", ["", "1", "1,1", "1,x", "1,-2", "1,4294967296"])
def test_no_seeds(text):
    with pytest.raises(ValueError, match="--seeds takes two or more different whole numbers"):
        seeds.parsed(text)


def test_options_are_taken_out():
    given = ["ring", "--seeds", "0,1", "--out=a", "--epochs", "2"]
    assert seeds.without(given, "--seeds", "--out") == ["ring", "--epochs", "2"]
