"""Cuts gan_keras/data/fashion_mnist_10k.npz from the original files of Fashion-MNIST.

    sudo apt-get install dataset-fashion-mnist
    python -m benchmarks.making.make_fashion_mnist_10k

Kept are the first 1,000 training images of each class, in their original order. The same input
gives the same file, byte by byte (for one version of zlib).
"""

import argparse
import io
import pathlib
import zipfile

import numpy as np

IMAGES_PER_CLASS = 1000


def select(labels):
    """Places of the first images of each class, in ascending order."""
    firsts = [np.flatnonzero(labels == label)[:IMAGES_PER_CLASS] for label in np.unique(labels)]
    return np.sort(np.concatenate(firsts))


def write(path, **arrays):
    """A compressed .npz; unlike `np.savez_compressed`, at level 9 and without the time of day."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            content = io.BytesIO()
            np.save(content, array)
            entry = zipfile.ZipInfo(f"{name}.npy")
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content.getvalue(), compresslevel=9)


def main():
    from gan_keras.data import bundled, idx, keras_datasets

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", default=keras_datasets.DEBIAN_FASHION_MNIST)
    parser.add_argument("--out", type=pathlib.Path, default=bundled.PATH)
    arguments = parser.parse_args()
    images, labels = idx.read_split(arguments.folder, "train")
    kept = select(labels)
    write(arguments.out, images=images[kept], labels=labels[kept])
    print(f"{arguments.out}: {len(kept)} images, {arguments.out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
