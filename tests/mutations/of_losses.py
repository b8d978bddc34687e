"""Bugs in the losses."""

from patch import maker

NUMBERS = ("losses/test_losses_numbers.py", "losses/test_losses_contract.py")
DEFAULTS = "test_documented_defaults.py"
plant = maker("losses", NUMBERS)

PATCHES = [
    plant("hinge.py", "1.0 - loss.float32(real", "1.0 + loss.float32(real", "real side's sign"),
    plant(
        "hinge.py", "nn.relu(1.0 + ", "nn.relu(-1.0 + ", "the margin of fakes is 1 on their side"
    ),
    plant("hinge.py", "return -tf.reduce_mean", "return tf.reduce_mean", "generator's sign"),
    plant(
        "hinge.py",
        "return -tf.reduce_mean(loss.float32(fake_logits))",
        "return tf.reduce_mean(tf.nn.relu(1.0 - loss.float32(fake_logits)))",
        "the generator gets a hinge as well",
    ),
    plant("least_squares.py", "return 0.5 * (tf", "return (tf", "discriminator without the half"),
    plant("least_squares.py", "return 0.5 * tf", "return tf", "generator without the half"),
    plant(
        "least_squares.py", "fake_logits) - 1.0", "fake_logits) + 1.0", "generator's target is -1"
    ),
    plant("least_squares.py", "(1.0 - self.label_smoothing) / 2", "1.0 / 2", "margin not smoothed"),
    plant(
        "least_squares.py",
        "- (1.0 - self.label_smoothing))",
        "- (1.0 + self.label_smoothing))",
        "smoothing raises the target",
    ),
    plant(
        "minimax.py",
        "-tf.reduce_mean(tf.nn.softplus(loss",
        "tf.reduce_mean(tf.nn.softplus(-loss",
        "minimax is the non-saturating loss",
    ),
    plant(
        "minimax.py", "fake_logits, self.label_smoothing", "fake_logits", "smoothing is forgotten"
    ),
    plant("non_saturating.py", "softplus(-loss", "softplus(loss", "generator's sign"),
    plant(
        "non_saturating.py",
        "fake_logits, self.label_smoothing",
        "fake_logits",
        "smoothing is forgotten",
    ),
    plant(
        "cross_entropy.py",
        "softplus(-real_logits) +",
        "softplus(-real_logits) -",
        "smoothing's sign",
    ),
    plant(
        "cross_entropy.py",
        "label_smoothing * real_logits",
        "label_smoothing * fake_logits",
        "smoothing of the fake side",
    ),
    plant("cross_entropy.py", "tf.reduce_mean(real) +", "tf.reduce_sum(real) +", "sum for a mean"),
    plant(
        "relativistic.py",
        "return real_logits - mean_fake, fake_logits - mean_real",
        "return real_logits - mean_real, fake_logits - mean_fake",
        "means of the own side",
    ),
    plant(
        "relativistic.py",
        "softplus(real)) + tf.reduce_mean(tf.nn.softplus(-fake))",
        "softplus(-real)) + tf.reduce_mean(tf.nn.softplus(-fake))",
        "the generator raises real ones",
    ),
    plant(
        "relativistic.py",
        "mean_real = replicas.mean(tf.reduce_mean(real_logits))",
        "mean_real = tf.reduce_mean(real_logits)",
        "mean of one replica",
        tests="distribution/test_distribution_equality.py",
        keyword="fresh",
    ),
    plant(
        "relativistic.py",
        "mean_fake = replicas.mean(tf.reduce_mean(fake_logits))",
        "mean_fake = tf.stop_gradient(replicas.mean(tf.reduce_mean(fake_logits)))",
        "no gradient through the mean of fakes",
    ),
    plant(
        "relativistic.py",
        "softplus(loss.float32(fake_logits) - loss.float32(real_logits))",
        "softplus(loss.float32(real_logits) - loss.float32(fake_logits))",
        "paired discriminator's sides swapped",
    ),
    plant(
        "relativistic.py",
        "return loss.float32(real_logits) - loss.float32(fake_logits)",
        "return loss.float32(real_logits)",
        "paired margins from 0",
    ),
    plant(
        "top_k.py",
        "self.share * tf.cast",
        "(1.0 - self.share) * tf.cast",
        "the share left out",
        tests="losses/test_losses_top_k.py",
    ),
    plant(
        "top_k.py",
        "tf.math.top_k(logits, kept)",
        "tf.math.top_k(-logits, kept)",
        "the worst",
        tests="losses/test_losses_top_k.py",
    ),
    plant(
        "top_k.py",
        "tf.maximum(1, ",
        "tf.maximum(0, ",
        "an empty batch where the share is tiny",
        tests="losses/test_losses_top_k.py",
    ),
    plant("top_k.py", "tf.round(", "tf.floor(", "rounds down", tests="losses/test_losses_top_k.py"),
    plant(
        "top_k.py",
        "share: float = 0.75",
        "share: float = 0.5",
        "another default",
        tests=DEFAULTS,
    ),
    plant("wasserstein.py", "return -tf.reduce_mean", "return tf.reduce_mean", "generator's sign"),
    plant(
        "wasserstein.py",
        "replicas.mean(tf.reduce_mean(loss.float32(fake_logits)))",
        "tf.reduce_mean(loss.float32(real_logits))",
        "margins from the real mean",
    ),
    plant(
        "loss.py",
        "return tf.cast(logits, tf.float32)",
        "return tf.convert_to_tensor(logits)",
        "losses in half precision",
    ),
    plant("loss.py", "<= label_smoothing < 0.5", "<= label_smoothing <= 0.5", "0.5 is let through"),
]
