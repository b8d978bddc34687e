"""The small convolutional classifier behind the `classifier` extractors: network and training."""

import keras
import numpy as np

from gan_keras.machines import precision

SHIFT = 2  # pixels; more than this cuts into shoes and trousers that fill the 28-pixel frame


@precision.in_float32()
def build(*, image_shape, num_classes, num_features=96, width=32, seed=0):
    """An untrained classifier: 3x3 convolutions, halved in size until 3 to 5 pixels are left.

    It computes in float32, whatever the training does that it scores.

    Args:
        image_shape: (height, width, channels), the smaller side at least 6 pixels.
        num_classes: int, at least 2.
        num_features: int, width of the layer before the last. Defaults to 96.
        width: int, of the first convolution; the last has at most four times as many. Defaults to
            32.
        seed: int, of the initial weights. Defaults to 0.

    Returns:
        A `keras.Model`: float32 images (batch, h, w, c) in [-1, 1] -> [features
        (batch, num_features), at least 0, and logits (batch, num_classes)].
    """
    side = min(image_shape[:2])
    if side < 6:
        raise ValueError(
            f"`image_shape` must be at least 6 pixels high and wide. Received: {image_shape}. "
            "Score such images with the 'pixels' extractor."
        )
    images = keras.Input(image_shape, name="images")
    x, widest, stage = images, 4 * width, 0
    while True:
        x = _normalized(
            x,
            keras.layers.Conv2D(
                width,
                3,
                padding="same",
                use_bias=False,
                kernel_initializer=keras.initializers.HeNormal(seed=seed * 100 + stage),
                name=f"conv_{stage}",
            ),
        )
        if side < 6:
            break
        x = keras.layers.MaxPooling2D(2)(x)
        side, width, stage = side // 2, min(2 * width, widest), stage + 1
    x = keras.layers.Flatten()(x)
    features = _normalized(
        x,
        keras.layers.Dense(
            num_features,
            use_bias=False,
            kernel_initializer=keras.initializers.HeNormal(seed=seed * 100 + 98),
            name="features",
        ),
    )
    logits = keras.layers.Dense(
        num_classes,
        kernel_initializer=keras.initializers.GlorotUniform(seed=seed * 100 + 99),
        name="logits",
    )(features)
    return keras.Model(images, [features, logits], name="classifier")


def _normalized(x, layer):
    x = keras.layers.BatchNormalization(name=f"{layer.name}_norm", momentum=0.9)(layer(x))
    return keras.layers.ReLU()(x)


def train(
    images,
    labels,
    *,
    num_classes,
    epochs=4,
    batch_size=128,
    learning_rate=4e-3,
    seed=0,
    augment=True,
    shift=(SHIFT, SHIFT),
    mirror=True,
    width=32,
    callbacks=(),
    verbose=0,
):
    """A classifier trained on labelled images; the same call gives the same weights on one device.

    AdamW with a short warm-up and a cosine decay to nothing, so that a few passes are enough;
    with `augment`, images are shifted a little and half of them are mirrored.

    Args:
        images: uint8 (num, h, w, c).
        labels: int (num,) in [0, num_classes).
        num_classes: int.
        epochs: passes over the images. Defaults to 4.
        batch_size: int. Defaults to 128.
        learning_rate: the highest. Defaults to 4e-3.
        seed: int, of weights, order and augmentation. Defaults to 0.
        augment: whether to shift and mirror. Defaults to True.
        shift: pixels (up and down, left and right) by which images are shifted at most. Defaults to
            2 and 2.
        mirror: whether half of them are mirrored. Defaults to True.
        width: as of `build`. Defaults to 32.
        callbacks: Keras callbacks.
        verbose: as in `fit`. Defaults to 0.

    Returns:
        A trained `keras.Model` as made by `build`.
    """
    batch_size = min(batch_size, len(images))
    steps = len(images) // batch_size
    model = build(image_shape=images.shape[1:], num_classes=num_classes, width=width, seed=seed)
    trainer = keras.Model(model.input, model.outputs[1])
    trainer.compile(
        optimizer=keras.optimizers.AdamW(
            keras.optimizers.schedules.CosineDecay(
                learning_rate / 100,
                steps * epochs - steps * epochs // 10,
                warmup_target=learning_rate,
                warmup_steps=steps * epochs // 10,
            ),
            weight_decay=0.02,
        ),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    changed = (lambda batch, random: _augmented(batch, random, shift, mirror)) if augment else None
    batches = _batches(images, labels, batch_size, np.random.default_rng(seed), changed)
    trainer.fit(
        batches,
        steps_per_epoch=steps,
        epochs=epochs,
        shuffle=False,  # the batches are
        verbose=verbose,
        callbacks=list(callbacks),
    )
    return model


def _batches(images, labels, batch_size, random, changed):
    """Endless (images, labels) batches; every pass is a new permutation."""
    while True:
        order = random.permutation(len(images))
        for start in range(0, len(order) - batch_size + 1, batch_size):
            chosen = order[start : start + batch_size]
            batch = images[chosen]
            if changed is not None:
                batch = changed(batch, random)
            yield batch.astype("float32") / 127.5 - 1.0, labels[chosen].astype("int32")


def _augmented(batch, random, shift, mirror):
    num, height, width, _ = batch.shape
    down, right = shift
    padded = np.pad(batch, ((0, 0), (down, down), (right, right), (0, 0)), mode="edge")
    rows = random.integers(0, 2 * down + 1, (num, 1)) + np.arange(height)  # (num, height)
    columns = random.integers(0, 2 * right + 1, (num, 1)) + np.arange(width)  # (num, width)
    if mirror:
        mirrored = random.random(num) < 0.5
        columns[mirrored] = columns[mirrored, ::-1]
    return padded[np.arange(num)[:, None, None], rows[:, :, None], columns[:, None, :]]
