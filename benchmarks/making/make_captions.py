"""Writes gan_keras/data/captions.txt.xz from files with a caption of COCO a line.

    python -m benchmarks.making.make_captions coco_train.txt coco_test.txt

Full stops at ends are left out. Captions of at most 10 words of small letters are taken, all of
whose words are among the 600 most frequent of these; then those with a word that comes fewer than
five times among what is left are dropped, until there are none. The same input gives the same file,
byte by byte (for one version of xz).
"""

import argparse
import collections
import lzma
import pathlib
import re

MOST_WORDS, VOCABULARY, FEWEST = 10, 600, 5


def chosen(lines):
    """Sorted distinct captions."""
    plain = (" ".join(line.strip().rstrip(".").split()) for line in lines)
    found = sorted(
        {
            line
            for line in plain
            if re.fullmatch(r"[a-z' ]+", line) and len(line.split()) <= MOST_WORDS
        }
    )
    known = {word for word, _ in _counts(found).most_common(VOCABULARY)}
    while known:
        found = [line for line in found if known.issuperset(line.split())]
        counts = _counts(found)
        rare = {word for word, count in counts.items() if count < FEWEST}
        if not rare:
            break
        known = set(counts) - rare
    return found


def _counts(lines):
    return collections.Counter(word for line in lines for word in line.split())


def main():
    from gan_keras.data import captions

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=pathlib.Path, nargs="+")
    parser.add_argument("--out", type=pathlib.Path, default=captions.PATH)
    arguments = parser.parse_args()
    lines = [line for path in arguments.files for line in path.read_text("utf-8").splitlines()]
    found = chosen(lines)
    content = "\n".join([*found, ""]).encode()
    arguments.out.write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))
    kilobytes = arguments.out.stat().st_size / 1e3
    print(f"{arguments.out}: {len(found):,} of {len(_counts(found))} words, {kilobytes:.0f} kB")


if __name__ == "__main__":
    main()
