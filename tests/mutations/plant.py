"""Plants bugs in a copy of the package, one at a time, and says which ones the tests notice.

By hand, from the root (an hour or two for all of them; it goes on where it was stopped):

    python tests/mutations/plant.py --out /tmp/planted.jsonl
    python tests/mutations/plant.py --out /tmp/planted.jsonl --only losses/hinge

Each bug is a line in one of the lists beside this file. Its tests are run without it first: a bug
counts as caught only if they pass without it and fail with it. Every run is a process of its own,
forked from one that has imported TensorFlow and nothing of the package.
"""

import argparse
import collections
import contextlib
import hashlib
import json
import os
import pathlib
import re
import shutil
import signal
import sys
import tempfile
import time

import of_augment
import of_losses
import of_metrics
import of_models
import of_others
import of_penalties
import of_surrogates

ROOT = pathlib.Path(__file__).parents[2]
PATCHES = [
    patch
    for module in (
        *(of_augment, of_metrics, of_losses, of_penalties, of_others, of_models),
        of_surrogates,
    )
    for patch in module.PATCHES
]
LONGEST = 600  # seconds, for the tests of one patch
VERDICTS = {0: "survived", 1: "caught", 5: "no tests"}  # by pytest's exit status; else "broken"
COUNTED = ("caught", "survived")


def main():
    made = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    made.add_argument("--out", type=pathlib.Path, required=True, help="file of JSON lines")
    made.add_argument("--only", default="", help="only the patches whose file has this in it")
    made.add_argument("--list", action="store_true", help="only say what has been planted so far")
    settings = made.parse_args()
    patches = [patch for patch in PATCHES if settings.only in patch.file]
    if not settings.list:
        with tempfile.TemporaryDirectory(prefix="gan_keras-") as folder:
            plant_missing(patches, pathlib.Path(folder), settings.out)
    summarise(patches, known(settings.out))


def plant_missing(patches, folder, out):
    """Runs what has no line yet, and adds one for each."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("MPLBACKEND", "Agg")
    import keras  # noqa: F401 - once, for all that are forked
    import pytest  # noqa: F401
    import tensorflow  # noqa: F401

    if "gan_keras" in sys.modules:
        raise RuntimeError("The package is imported already: its patched copy would not be.")
    copy = copied(folder)
    lines = known(out)
    for number, patch in enumerate(patches, start=1):
        key = digest(patch, copy)
        if key in lines:
            continue
        line = judged(patch, copy, lines, out)
        print(f"{number}/{len(patches)} {line['verdict']:9} {patch.file}: {patch.what}", flush=True)
        append(out, {"key": key, "file": patch.file, "what": patch.what, **line})
        lines[key] = line


def copied(folder):
    """The package and its tests, where they may be spoilt."""
    ignored = shutil.ignore_patterns("__pycache__", ".pytest_cache")
    for name in ("gan_keras", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copy(ROOT / "setup.cfg", folder)
    return folder


def judged(patch, copy, lines, out):
    """One patch: its verdict, the test that noticed it, and how long that took."""
    path = copy / "gan_keras" / patch.file
    whole = path.read_text(encoding="utf-8") if path.exists() else ""
    spoilt = patch.planted_in(whole)
    if spoilt is None:
        return {"verdict": "stale"}
    key = clean_key(patch, copy)
    if key not in lines:
        lines[key] = run_tests(patch, copy)
        append(out, {"key": key, "tests": list(patch.tests), "clean": True, **lines[key]})
    if lines[key]["verdict"] != "survived":
        return {"verdict": "tests fail without it", "by": lines[key]["by"]}
    path.write_text(spoilt, encoding="utf-8")
    try:
        return run_tests(patch, copy)
    finally:
        path.write_text(whole, encoding="utf-8")


def run_tests(patch, copy):
    """The patch's tests on the copy as it is, in a process of its own."""
    arguments = ["-x", "-q", "-n", "0", "-p", "no:cacheprovider", "--no-header"]
    arguments += [f"tests/{name}" for name in patch.tests]
    arguments += ["-k", patch.keyword] if patch.keyword else []
    start = time.monotonic()
    with tempfile.TemporaryFile() as words:
        status = forked(lambda: tested(arguments, copy), words)
        words.seek(0)
        text = words.read().decode(errors="replace")
    verdict = "hung" if status is None else VERDICTS.get(status, "broken")
    failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", text, re.MULTILINE)
    by = failed[0] if failed else text.strip().split("\n")[-1][:200]
    return {"verdict": verdict, "by": by, "seconds": round(time.monotonic() - start, 1)}


def tested(arguments, copy):
    """In the child: pytest's exit status; 3 if the package was not the copy's."""
    import pytest

    os.chdir(copy)
    os.environ["PYTHONPATH"] = str(copy)
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    sys.path = [str(copy), *(path for path in sys.path if path and path != str(ROOT))]
    status = int(pytest.main(arguments))
    origin = getattr(sys.modules.get("gan_keras"), "__file__", "")
    return status if origin.startswith(str(copy)) or status > 1 else 3


def forked(function, words):
    """What `function` returns in a child that writes to `words`; None if it took too long."""
    child = os.fork()
    if not child:
        status = 3
        with contextlib.suppress(BaseException):
            os.setsid()
            os.dup2(words.fileno(), 1)
            os.dup2(words.fileno(), 2)
            status = function()
            sys.stdout.flush()
        os._exit(status)
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.05)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def digest(patch, root):
    """A patch's key: another one if its text, its file or its tests have changed since."""
    own = [patch.file, patch.old, patch.new, patch.keyword]
    return hashed([*own, content(root / "gan_keras" / patch.file), *tests_of(patch, root)])


def clean_key(patch, root):
    """The key of the same tests without a bug: another one if any file of the package changed."""
    files = sorted((root / "gan_keras").rglob("*.py"))
    return hashed([patch.keyword, *map(content, files), *tests_of(patch, root)])


def tests_of(patch, root):
    return [part for name in patch.tests for part in (name, content(root / "tests" / name))]


def content(path):
    return path.read_text(encoding="utf-8") if path.exists() else ""


def hashed(parts):
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def known(path):
    """Lines by their keys; a torn one is left out."""
    if not path.exists():
        return {}
    whole = path.read_text(encoding="utf-8").split("\n")[:-1]
    return {line["key"]: line for line in map(json.loads, filter(None, whole))}


def append(path, line):
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def summarise(patches, lines):
    """Counts, and each patch that was not caught with what is known of it."""
    found = [(patch, lines.get(digest(patch, ROOT), {"verdict": "not run"})) for patch in patches]
    print(f"{len(patches)} patches:")
    for verdict, count in collections.Counter(line["verdict"] for _, line in found).most_common():
        print(f"  {count:4} {verdict}")
    for patch, line in found:
        verdict, reason = line["verdict"], patch.survives_because
        if verdict == "caught" and reason:
            print(f"{patch.file}: {patch.what}: caught by {line['by']}; `survives_because` is old.")
        elif verdict == "survived":
            print(f"{patch.file}: {patch.what}: survived: {reason or 'NO TEST NOTICES'}.")
        elif verdict not in (*COUNTED, "not run"):
            print(f"{patch.file}: {patch.what}: {verdict}: {line.get('by', '')}")


if __name__ == "__main__":
    main()
