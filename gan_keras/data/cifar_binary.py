"""CIFAR's binary batches: records of label bytes and 3,072 pixels, which can hold nothing else.

Krizhevsky, 2009, https://www.cs.toronto.edu/~kriz/cifar.html, "Binary version".
"""

import dataclasses
import pathlib
import tarfile

import numpy as np

PIXELS = 3 * 32 * 32


@dataclasses.dataclass(frozen=True, kw_only=True)
class Form:
    """How one of the two sets is published.

    Attributes:
        archive: str, name of the .tar.gz.
        folder: str, that in the archive.
        files: dict from "train" and "test" to names of files.
        num_labels: label bytes of a record; the last one is the class.
    """

    archive: str
    folder: str
    files: dict
    num_labels: int

    def has_split(self, path, split):
        """Whether a folder has all files of a split."""
        return all((pathlib.Path(path) / name).is_file() for name in self.files[split])

    def read_split(self, path, split):
        """Images and labels of a folder, or of the archive.

        Args:
            path: of the folder with the files, or of the archive as published.
            split: "train" or "test".

        Returns:
            uint8 (n, 32, 32, 3), int (n,).

        Raises:
            ValueError: a file is cut short, or no such file.
            OSError, tarfile.TarError, KeyError: one is not there, or the archive is damaged.
        """
        contents = self._contents(pathlib.Path(path), self.files[split])
        size = self.num_labels + PIXELS
        for name, content in zip(self.files[split], contents, strict=True):
            if not content or len(content) % size:
                raise ValueError(
                    f"{name} has {len(content):,} bytes, no whole number of records of {size:,}"
                )
        records = np.frombuffer(b"".join(contents), "uint8").reshape(-1, size)
        samples = records[:, self.num_labels :].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)
        return np.ascontiguousarray(samples), records[:, self.num_labels - 1].astype("int64")

    def _contents(self, path, names):
        if path.is_dir():
            return [(path / name).read_bytes() for name in names]
        with tarfile.open(path) as archive:
            return [archive.extractfile(f"{self.folder}/{name}").read() for name in names]


FORMS = {
    "cifar10": Form(
        archive="cifar-10-binary.tar.gz",
        folder="cifar-10-batches-bin",
        files={
            "train": tuple(f"data_batch_{part}.bin" for part in range(1, 6)),
            "test": ("test_batch.bin",),
        },
        num_labels=1,
    ),
    "cifar100": Form(
        archive="cifar-100-binary.tar.gz",
        folder="cifar-100-binary",
        files={"train": ("train.bin",), "test": ("test.bin",)},
        num_labels=2,  # coarse, then fine
    ),
}
