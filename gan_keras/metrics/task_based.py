"""Scores by a task: how well a classifier does that learnt from samples, or is asked about them."""

import numpy as np

from gan_keras.metrics.features.base import as_samples


def gan_train(fake, fake_labels, real, real_labels, *, epochs=4, seed=0):
    """Accuracy on real images of a classifier trained on samples (GAN-train).

    When to use it: for conditional models. It falls with poor quality as with missing diversity;
    compare with the same classifier trained on as many real images.

    Source: Shmelkov et al. (2018), arXiv:1807.09499, section 3; the classification accuracy score
    of Ravuri & Vinyals (2019), arXiv:1905.10887.

    Args:
        fake: samples (num, h, w, c), uint8 or floats in [-1, 1].
        fake_labels: int (num,), what they were conditioned on.
        real: test images of the same shape, never trained on by the generator.
        real_labels: int (num,).
        epochs: int, passes over the training side. Defaults to 4.
        seed: int, of the classifier. Defaults to 0.

    Returns:
        float in [0, 1]; higher is better.

    Raises:
        ValueError: labels are missing, or images of two shapes.
    """
    return _accuracy((fake, fake_labels), (real, real_labels), epochs, seed)


def gan_test(fake, fake_labels, real, real_labels, *, epochs=4, seed=0):
    """Accuracy on samples of a classifier trained on real images (GAN-test).

    When to use it: beside `gan_train`. It sees quality only: one perfect image of each class
    scores 1, and a score above the classifier's own on real test images hints at copies.

    Source and arguments: see `gan_train`; `real` are training images here.

    Returns:
        float in [0, 1]; higher is better.
    """
    return _accuracy((real, real_labels), (fake, fake_labels), epochs, seed)


def _accuracy(learnt, asked, epochs, seed):
    sets = []
    for images, labels in (learnt, asked):
        images = as_samples(images)
        if labels is None or len(labels) != len(images):
            raise ValueError(
                "Task-based scores take one label for each image. Received: "
                f"{len(images)} images and {0 if labels is None else len(labels)} labels."
            )
        sets.append((images, np.asarray(labels, "int32")))
    (images, labels), (questions, answers) = sets
    if images.shape[1:] != questions.shape[1:]:
        raise ValueError(
            f"Both sides must be images of one shape. Received: {images.shape[1:]} and "
            f"{questions.shape[1:]}."
        )
    from gan_keras.metrics.features import classifier_network  # TensorFlow takes seconds to load

    num_classes = int(max(labels.max(), answers.max())) + 1
    model = classifier_network.train(
        images, labels, num_classes=num_classes, epochs=epochs, seed=seed
    )
    right = 0
    for start in range(0, len(questions), 500):
        part = questions[start : start + 500].astype("float32") / 127.5 - 1.0
        _, logits = model(part, training=False)
        right += int((np.argmax(logits, axis=1) == answers[start : start + 500]).sum())
    return right / len(questions)
