"""Train the Fashion-MNIST classifier that ships with the package: about five CPU minutes.

    python -m benchmarks.making.train_classifier FOLDER

FOLDER holds the four published idx.gz files (Debian: dataset-fashion-mnist, in
/usr/share/datasets/fashion-mnist). Training uses all 60,000 training images and nothing else; the
accuracy is measured once, at the end, on the 10,000 test images, with the rounded weights.
"""

import argparse
import gzip
import json
import os
import time

os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")  # convolution gradients 2-3x faster on CPUs

import numpy as np

from gan_keras.metrics.features import classifier_file, classifier_network
from gan_keras.metrics.features.base import digest

CLASSES = [
    "t-shirt", "trouser", "pullover", "dress", "coat",
    "sandal", "shirt", "sneaker", "bag", "ankle boot",
]  # fmt: skip
OUT = os.path.join(os.path.dirname(classifier_file.__file__), "fashion_mnist.npz")
RESULT = os.path.join(os.path.dirname(__file__), "..", "results", "classifier.json")


def read(folder, part):
    with gzip.open(os.path.join(folder, f"{part}-images-idx3-ubyte.gz")) as file:
        images = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 28, 28, 1)
    with gzip.open(os.path.join(folder, f"{part}-labels-idx1-ubyte.gz")) as file:
        labels = np.frombuffer(file.read(), np.uint8, offset=8)
    return images, labels


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder")
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()

    images, labels = read(arguments.folder, "train")
    seconds = time.process_time()
    model = classifier_network.train(
        images, labels, num_classes=10, epochs=arguments.epochs, seed=arguments.seed, verbose=2
    )
    seconds = time.process_time() - seconds
    facts = {"data": digest(images, labels), "seed": arguments.seed, "epochs": arguments.epochs}
    classifier_file.save(OUT, model, classes=CLASSES, **facts)

    model, _ = classifier_file.load(OUT)
    images, labels = read(arguments.folder, "t10k")
    _, logits = model.predict(images.astype("float32") / 127.5 - 1.0, batch_size=500, verbose=0)
    accuracy = round(float((logits.argmax(axis=1) == labels).mean()), 4)
    classifier_file.save(OUT, model, classes=CLASSES, test_accuracy=accuracy, **facts)
    result = {
        "classifier": "fashion_mnist",
        "test_accuracy": accuracy,
        "num_test": len(labels),
        "bytes": os.path.getsize(OUT),
        "parameters": model.count_params(),
        "cpu_seconds": round(seconds),
        **facts,
    }
    with open(RESULT, "w") as file:
        file.write(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
