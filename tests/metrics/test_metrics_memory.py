"""Fifty thousand samples are scored without their images ever being held together."""

import tracemalloc

import numpy as np

from gan_keras.metrics import evaluate, features

NUM, BATCH, SHAPE = 50_000, 250, (16, 16, 3)
ALL_IMAGES = NUM * 16 * 16 * 3  # bytes: 38 MB


class Few(features.Extractor):
    name, fingerprint = "few", "0"

    def extract(self, images):
        return images.reshape(len(images), -1)[:, :8].astype("float32"), None


def batches(seed):
    """A function from `num` to batches, each made when it is asked for."""

    def stream(num):
        random = np.random.default_rng(seed)
        for _ in range(num // BATCH):
            yield random.integers(0, 256, (BATCH, *SHAPE), dtype="uint8")

    return stream


def peak(fake):
    """Bytes that NumPy and Python held at most while samples were scored."""
    tracemalloc.start()
    try:
        scores = evaluate(
            fake,
            batches(1),
            metrics=["fid", "fid_infinity"],
            extractor=Few(),
            num=NUM,
            cache_dir=False,
        )
        return tracemalloc.get_traced_memory()[1], scores
    finally:
        tracemalloc.stop()


def test_images_are_let_go_while_they_are_scored():
    streamed, scores = peak(batches(0))
    assert scores[0].num_fake == scores[0].num_real == NUM
    # Features of one side are 1.6 MB, their copy in float64 3.2 MB; a block of images 0.2 MB.
    assert streamed < 0.4 * ALL_IMAGES
    held, same = peak(lambda num: list(batches(0)(num)))
    assert held > ALL_IMAGES  # what the measure would see
    assert same == scores
