"""Bugs in the augmentations."""

from patch import maker

ADAPTIVE = "augment/test_augment_adaptive.py"
DIFF = "augment/test_augment_diffaugment.py"
DEFAULTS = "test_documented_defaults.py"
plant = maker("augment", ADAPTIVE, "not packed and not has_no_zero")  # which train models
neighbours = maker("augment", "augment/test_augment_neighbours.py")

PATCHES = [
    plant(
        "adaptive.py",
        "replicas.count() * num_images",
        "num_images",
        "p's step without the replicas",
        tests="distribution/test_distribution_augment.py",
    ),
    plant(
        "adaptive.py",
        "replicas.mean(tf.reduce_mean(signs))",
        "tf.reduce_mean(signs)",
        "signs of one replica",
        tests="distribution/test_distribution_augment.py",
    ),
    plant(
        "adaptive.py", "tf.reduce_mean(signs)) - self.target", "tf.reduce_mean(signs))", "no target"
    ),
    plant(
        "adaptive.py", "self.probability + sign", "self.probability - sign", "p falls for sure ones"
    ),
    plant(
        "adaptive.py",
        "signs = tf.sign(tf.cast(real_margins, tf.float32))",
        "signs = tf.tanh(tf.cast(real_margins, tf.float32))",
        "margins, not their signs",
    ),
    plant("adaptive.py", "moved, 0.0, 1.0", "moved, 0.0, 0.8", "p stops at 0.8"),
    plant("adaptive.py", "target=0.6", "target=0.5", "another default target", tests=DEFAULTS),
    plant(
        "adaptive.py",
        "ramp_images=500_000",
        "ramp_images=50_000",
        "another default ramp",
        tests=DEFAULTS,
    ),
    plant(
        "adaptive.py",
        "2.0 ** (contrast + saturation)",
        "2.0**saturation",
        "chroma without contrast",
    ),
    plant(
        "adaptive.py",
        '_side(uniform["luma_flip"])[:, None] * 2.0**contrast',
        '_side(uniform["luma_flip"])[:, None]',
        "luma without contrast",
    ),
    plant(
        "adaptive.py",
        "x += tf.round(0.125 * width *",
        "x += tf.round(0.125 * height *",
        "translation along x scaled by the height",
    ),
    plant(
        "adaptive.py",
        "y += tf.round(0.125 * height *",
        "y += tf.round(0.125 * width *",
        "translation along y scaled by the width",
    ),
    plant(
        "adaptive.py",
        "x += 0.125 * width * normal",
        "x += 0.125 * height * normal",
        "fraction along x scaled by the height",
    ),
    plant(
        "adaptive.py",
        'y += 0.125 * height * normal["fraction"][:, 0]',
        'y += 0.125 * height * normal["fraction"][:, 1]',
        "fraction along the diagonal alone",
    ),
    plant(
        "adaptive.py",
        'width * uniform["translation"][:, 1]',
        'width * uniform["translation"][:, 0]',
        "translation along the diagonal alone",
    ),
    plant(
        "adaptive.py",
        "y += tf.round(0.125 * height",
        "y += (0.125 * height",
        "translation by fractions",
    ),
    plant(
        "adaptive.py",
        "angle = math.pi * uniform",
        "angle = 0.5 * math.pi * uniform",
        "rotation by up to a quarter",
    ),
    plant("adaptive.py", "2.0 ** (0.2 * normal", "2.0 ** (0.5 * normal", "scale too wide"),
    plant(
        "adaptive.py",
        "tf.floor(2.0 * uniform",
        "tf.floor(1.0 * uniform",
        "quarter turns of two kinds",
    ),
    plant("adaptive.py", "cosine * x - sine * y", "cosine * x + sine * y", "a shear for a turn"),
    plant(
        "adaptive.py", '0.5 * normal["contrast"]', '1.0 * normal["contrast"]', "contrast too wide"
    ),
    plant(
        "adaptive.py",
        "brightness=0.2 * normal",
        "brightness=0.02 * normal",
        "brightness too narrow",
    ),
    plant(
        "adaptive.py",
        "hue=math.pi * uniform",
        "hue=0.5 * math.pi * uniform",
        "hue turns by up to a quarter",
    ),
    plant(
        "adaptive.py",
        "2.0 ** (contrast + saturation)",
        "2.0 ** (contrast + 0.5 * saturation)",
        "saturation too narrow",
    ),
    plant(
        "adaptive.py",
        "(batch, len(names), 1)) < self",
        "(1, len(names), 1)) < self",
        "one chance for the whole batch",
    ),
    plant(
        "adaptive.py",
        "(batch, len(names), 1)) < self",
        "(batch, 1, 1)) < self",
        "one chance for all transforms of an image",
    ),
    plant(
        "adaptive.py",
        "tf.where(numbers[:, 0] < 0.0",
        "tf.where(numbers[:, 0] <= 0.0",
        "a flip where none is made",
    ),
    plant(
        "diffaugment.py",
        "0.0, 2.0), [3])",
        "0.0, 2.0), [1, 2, 3])",
        "saturation about the image's mean",
        tests=DIFF,
    ),
    plant(
        "diffaugment.py",
        "factor, [1, 2, 3])",
        "factor, [1, 2])",
        "contrast about each channel's mean",
        tests=DIFF,
    ),
    plant(
        "diffaugment.py",
        "-0.5, 0.5)\n\n\ndef saturation",
        "0.0, 1.0)\n\n\ndef saturation",
        "brightness upwards alone",
        tests=DIFF,
    ),
    plant(
        "diffaugment.py",
        "images + random.uniform((_batch(images), 1, 1, 1)",
        "images + random.uniform((_batch(images), 1, 1, images.shape[-1])",
        "a brightness for each channel",
        tests=DIFF,
    ),
    plant(
        "diffaugment.py",
        "factor = random.uniform((_batch(images), 1, 1, 1), 0.5, 1.5)",
        "factor = random.uniform((1, 1, 1, 1), 0.5, 1.5)",
        "one contrast for the batch",
        tests=DIFF,
    ),
    plant("diffaugment.py", "images[:, :, ::-1]", "images[:, ::-1]", "upside down", tests=DIFF),
    plant(
        "diffaugment.py",
        "2 * reach + 1) - reach",
        "2 * reach) - reach",
        "never the farthest shift",
        tests=DIFF,
    ),
    plant(
        "diffaugment.py",
        "reach = int(size * ratio + 0.5)",
        "reach = int(images.shape[1] * ratio + 0.5)",
        "shifts along x scaled by the height",
        tests=DIFF,
    ),
    plant(
        "diffaugment.py",
        "length = int(size * ratio + 0.5)",
        "length = int(images.shape[1] * ratio + 0.5)",
        "a square hole in an oblong image",
        tests=DIFF,
    ),
    plant(
        "diffaugment.py",
        "size + 1 - length % 2) - length // 2",
        "size - length + 1)",
        "the hole always inside",
        tests=DIFF,
    ),
    plant(
        "diffaugment.py",
        "inside[0][:, :, None, None] & inside[1]",
        "inside[0][:, :, None, None] | inside[1]",
        "a cross for a hole",
        tests=DIFF,
    ),
    plant(
        "diffaugment.py",
        'chosen |= {"brightness", "saturation", "contrast"}',
        'chosen |= {"brightness", "contrast"}',
        "color without saturation",
        tests=DIFF,
    ),
    plant("color.py", "/ math.sqrt(3.0)", "/ 3.0", "hue is no turn"),
    plant("color.py", "tf.sin(hue)", "-tf.sin(hue)", "hue turns back"),
    plant(
        "color.py",
        "luma * (grey + brightness)",
        "luma * grey + brightness",
        "brightness after the luma's factor",
    ),
    plant(
        "geometry.py",
        "- (width - 1) / 2\n    y, x",
        "- width / 2\n    y, x",
        "centre half a pixel off",
    ),
    plant(
        "geometry.py",
        "floormod(position, 2.0 * last)",
        "floormod(position, 2.0 * last + 1.0)",
        "the mirror is a pixel off",
    ),
    plant("geometry.py", "row * width + column", "row * height + column", "rows of another length"),
    neighbours(
        "neighbours.py", "tf.floor(draws), -half, half", "tf.floor(draws), 0, half", "only up"
    ),
    neighbours(
        "neighbours.py",
        "whole[:, :num] + whole[:, num:]",
        "2 * whole[:, :num]",
        "a step twice: some differences are lost",
    ),
    neighbours("neighbours.py", "+ part * (1.0 - inside)", "", "what would leave is lost"),
    neighbours("neighbours.py", "target <= self.last", "target < self.last", "the last is missed"),
    neighbours("neighbours.py", "< self.probability", "> self.probability", "the other rows move"),
    neighbours(
        "neighbours.py",
        "random.uniform((batch, 1), 0.0, 1.0)",
        "random.uniform((1, 1), 0.0, 1.0)",
        "all rows or none",
    ),
    neighbours(
        "neighbours.py",
        "_permuted(up, np.argsort(order))",
        "_permuted(up, order)",
        "the gradient in another order",
        tests="augment/test_augment_contract.py",
        keyword="neighbours and gradients",
    ),
]
