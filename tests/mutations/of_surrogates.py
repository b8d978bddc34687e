"""Bugs in the surrogates, and in the layer that draws symbols."""

from patch import maker

SURROGATES = "surrogates/test_surrogates.py"
NETWORKS = "networks/test_networks_autoregressive.py"
plant = maker("surrogates", SURROGATES)
layer = maker("layers", NETWORKS)
model = maker("models", "models/test_models_sequence_gan.py")

PATCHES = [
    plant("reinforce.py", "self.discount * found[-1]", "0.9 * found[-1]", "a discount of its own"),
    plant("reinforce.py", "found[::-1]", "found", "returns of another place"),
    plant(
        "reinforce.py",
        "return -tf.reduce_mean(each)",
        "return tf.reduce_mean(each)",
        "rewarded symbols get rare",
    ),
    plant("reinforce.py", "drawn.lasts * advantages", "advantages", "symbols behind the end count"),
    plant("reinforce.py", "return lasts * rewards", "return rewards", "rewards behind the end"),
    plant(
        "reinforce.py",
        "tf.math.divide_no_nan(sums[0], sums[1])",
        "sums[0]",
        "the baseline counts lines that are over",
    ),
    plant(
        "straight_through.py",
        "(shares - tf.stop_gradient(shares))",
        "tf.stop_gradient(shares - shares)",
        "no gradient comes back",
    ),
    plant(
        "straight_through.py",
        "shares = self.until_the_end(shares, drawn)\n        ",
        "",
        "a gradient from behind the end",
    ),
    plant(
        "relaxed.py",
        "self.temperature * tf.exp(progress",
        "tf.exp(-progress",
        "the temperature rises",
    ),
    layer(
        "draw_symbols.py",
        "previous = sequences[:, place]",
        "previous = sequences[:, 0]",
        "told the first symbol alone",
    ),
    layer(
        "draw_symbols.py",
        "best = tf.argmax(logits + noise[:, place]",
        "best = tf.argmax(logits + noise[:, 0]",
        "one noise for all places",
        tests=SURROGATES,
    ),
    layer(
        "relational_memory.py",
        "keep * memory + write * ops.tanh(new)",
        "write * memory + keep * ops.tanh(new)",
        "the gates change places",
    ),
    layer("until_the_end.py", "exclusive=True", "exclusive=False", "the end is left out"),
    model(
        "sequence_gan.py",
        "self.images_seen.value >= self.pretraining",
        "self.images_seen.value > self.pretraining",
        "the game begins a step late",
    ),
    model(
        "sequence_gan.py",
        "tf.cast(self.images_seen.value, tf.float32) - self.pretraining",
        "tf.cast(self.images_seen.value, tf.float32)",
        "the temperature falls before the game",
    ),
]
