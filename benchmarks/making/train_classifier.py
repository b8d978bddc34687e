"""Train the Fashion-MNIST classifier that ships with the package: about five CPU minutes.

    python -m benchmarks.making.train_classifier FOLDER

FOLDER holds the four published idx.gz files (Debian: dataset-fashion-mnist, in
/usr/share/datasets/fashion-mnist). Training uses all 60,000 training images and nothing else; the
accuracy is measured once, at the end, on the 10,000 test images, with the rounded weights.
"""

import argparse
import json
import os
import time

os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")  # convolution gradients 2-3x faster on CPUs

from benchmarks.pages import report

CLASSES = [
    "t-shirt", "trouser", "pullover", "dress", "coat",
    "sandal", "shirt", "sneaker", "bag", "ankle boot",
]  # fmt: skip
RESULT = report.RESULTS / "classifier.json"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder")
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()

    from gan_keras.data import idx
    from gan_keras.metrics.features import classifier_file, classifier_network
    from gan_keras.metrics.features.base import digest

    out = os.path.join(os.path.dirname(classifier_file.__file__), "fashion_mnist.npz")
    images, labels = idx.read_split(arguments.folder, "train")
    images = images[..., None]
    seconds = time.process_time()
    model = classifier_network.train(
        images, labels, num_classes=10, epochs=arguments.epochs, seed=arguments.seed, verbose=2
    )
    seconds = time.process_time() - seconds
    facts = {"data": digest(images, labels), "seed": arguments.seed, "epochs": arguments.epochs}
    classifier_file.save(out, model, classes=CLASSES, **facts)

    model, _ = classifier_file.load(out)
    images, labels = idx.read_split(arguments.folder, "test")
    images = images[..., None]
    _, logits = model.predict(images.astype("float32") / 127.5 - 1.0, batch_size=500, verbose=0)
    accuracy = round(float((logits.argmax(axis=1) == labels).mean()), 4)
    classifier_file.save(out, model, classes=CLASSES, test_accuracy=accuracy, **facts)
    result = {
        "classifier": "fashion_mnist",
        "test_accuracy": accuracy,
        "num_test": len(labels),
        "bytes": os.path.getsize(out),
        "parameters": model.count_params(),
        "cpu_seconds": round(seconds),
        **facts,
    }
    RESULT.write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
