"""Tests that the page's script and Python say the same; run by Node, skipped without one."""

import json
import shutil
import subprocess

import pytest

from gan_keras.pages.document import asset
from gan_keras.pages.judging import answers, signal, staircase

NAMES = ["Ann", "Zoë ✓ 漢字 \U0001f642", 'a"b\\c/d\n\t\x01\x7f\u2028', ""]
RIGHTS = [True] * 60 + [False] * 30 + [True, False] * 10
PROGRAM = """
const judge = require("./judge.js");
const input = JSON.parse(require("fs").readFileSync(0, "utf8"));
const files = input.names.map((name) => judge.answersFile({ name }, [{ said: true, ms: 12 }]));
let exposure = input.rule.first;
const course = input.rights.map((isRight) => {
  const shown = exposure;
  exposure = judge.following(input.rule, exposure, isRight);
  return shown;
});
const found = [false, true].map((pairs) => judge.sensitivity(input.truths, input.said, pairs));
const frames = [[500, 16.667], [100, 16.667], [30, 16.667], [1, 16.667], [100, 6.944]];
console.log(JSON.stringify({
  files, course, found,
  frames: frames.map(([ms, frame]) => judge.framesOf(ms, frame)),
  z: [0.025, 0.5, 0.9].map(judge.zOf),
  median: judge.median([9, 1, 100]),
}));
"""


@pytest.fixture(scope="module")
def script(tmp_path_factory):
    """What the script's functions give."""
    if shutil.which("node") is None:
        pytest.skip("Node is not here: apt-get install nodejs")
    folder = tmp_path_factory.mktemp("node")
    (folder / "judge.js").write_text(asset("judging/judge.js"), encoding="utf-8")
    rule = {name: getattr(staircase, name.upper()) for name in ("first", "shortest", "longest")}
    rule |= {"down": staircase.DOWN, "up": staircase.UP}
    truths, said = [True] * 4 + [False] * 4, [True] * 3 + [False, True] + [False] * 3
    given = {"names": NAMES, "rule": rule, "rights": RIGHTS, "truths": truths, "said": said}
    found = subprocess.run(
        ["node", "-e", PROGRAM],
        cwd=folder,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    return given, json.loads(found.stdout)


def test_checksums_are_those_of_python(script):
    for name, text in zip(NAMES, script[1]["files"], strict=True):
        whole = json.loads(text)
        assert whole["about"] == {"name": name}
        assert whole["checksum"] == answers.checksum_of(whole["about"], whole["answers"])
        assert whole["checksum"] != answers.checksum_of(whole["about"], [])


def test_the_staircase_is_that_of_python(script):
    assert script[1]["course"] == staircase.course(RIGHTS)


def test_sensitivity_is_that_of_python(script):
    given, found = script
    for pairs, own in zip((False, True), found["found"], strict=True):
        theirs = signal.judged(given["truths"], given["said"], pairs=pairs)
        assert own["error"] == theirs.error
        assert own["dPrime"] == pytest.approx(theirs.d_prime, abs=1e-8)
    assert found["z"] == pytest.approx([-1.959963985, 0, 1.281551566], abs=1e-8)


def test_exposures_are_whole_frames(script):
    assert script[1]["frames"] == [30, 6, 2, 1, 14]
    assert script[1]["median"] == 9
