"""Writes gan_keras/data/splice_junctions.fasta.xz from StatLog's "DNA", in the R package mlbench.

    python -m benchmarks.making.make_splice_junctions DNA.rda

`DNA.rda` is in Debian's r-cran-mlbench; `pip install rdata` reads it. A nucleotide is three binary
numbers there, of which A, C and G have one and T has none: donors then begin with GT, and acceptors
end with AG. The same input gives the same file, byte by byte (for one version of xz).
"""

import argparse
import lzma
import pathlib

import numpy as np


def fasta(frame):
    """The text of the file, of a data frame of 180 columns of 0 and 1 and one `Class`."""
    bits = frame.iloc[:, :180].astype(int).to_numpy().reshape(-1, 60, 3)
    places = np.where(bits.any(axis=2), bits.argmax(axis=2), 3)
    lines = []
    for row, name in zip(places, frame["Class"], strict=True):
        lines += [f">{len(lines) // 2} class={name}", "".join("ACGT"[place] for place in row)]
    return "\n".join([*lines, ""])


def main():
    from gan_keras.data import splice_junctions

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, default=splice_junctions.PATH)
    arguments = parser.parse_args()

    import rdata

    content = fasta(rdata.read_rda(arguments.file)["DNA"]).encode()
    arguments.out.write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))
    print(f"{arguments.out}: {arguments.out.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
