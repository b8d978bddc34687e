"""InfoGAN's codes: drawing them beside the noise, and how likely a recogniser finds them."""

import tensorflow as tf


class Codes:
    """The layout of latents [noise | one-hot of each category code | continuous codes].

    Args:
        categories: tuple, the number of values of each categorical code.
        num_continuous: number of continuous codes, uniform in [-1, 1].

    Raises:
        ValueError: no code at all, or a categorical one of fewer than two values.
    """

    def __init__(self, categories, num_continuous):
        if not isinstance(categories, (tuple, list)) or any(
            not isinstance(size, int) or size < 2 for size in categories
        ):
            raise ValueError(
                "`categories` holds the number of values of each categorical code, at least 2, "
                f"such as (10,). Received: {categories}."
            )
        if not isinstance(num_continuous, int) or num_continuous < 0:
            raise ValueError(
                f"`num_continuous` is an integer of at least 0. Received: {num_continuous!r}."
            )
        if not categories and not num_continuous:
            raise ValueError("InfoGAN without codes is a GAN. Give `categories`, e.g. (10,).")
        self.categories = tuple(categories)
        self.num_continuous = num_continuous
        self.size = sum(categories) + num_continuous

    def draw(self, random, num):
        """Codes (num, size), float32: every value of a category as likely as the others."""
        parts = [
            tf.one_hot(random.integers((num,), size), size, dtype=tf.float32)
            for size in self.categories
        ]
        if self.num_continuous:
            parts.append(random.uniform((num, self.num_continuous), -1.0, 1.0))
        return tf.concat(parts, axis=-1)

    def split(self, codes):
        """The list of what belongs to each category, and what is continuous, of (num, size)."""
        *categorical, continuous = tf.split(codes, [*self.categories, self.num_continuous], axis=-1)
        return categorical, continuous

    def information_loss(self, parameters, codes):
        """-E log Q(c | x), less what does not depend on Q: a float32 scalar.

        Cross-entropy of each categorical code, and half the squared error of the continuous ones:
        a Gaussian of deviation 1 around the recogniser's guess.

        Args:
            parameters: what the recogniser gives (num, size): logits, then means.
            codes: what was drawn (num, size).
        """
        logits, means = self.split(tf.cast(parameters, tf.float32))
        drawn, continuous = self.split(codes)
        terms = [
            tf.nn.softmax_cross_entropy_with_logits(labels=one_hot, logits=guess)
            for one_hot, guess in zip(drawn, logits, strict=True)
        ]
        terms.append(0.5 * tf.reduce_sum(tf.square(means - continuous), axis=-1))
        return tf.reduce_mean(tf.add_n(terms))

    def with_values(self, codes, index, positions):
        """Codes (rows, size) with code `index` at each of `positions`: (rows, columns, size).

        Args:
            codes: float32 array or tensor (rows, size).
            index: which code, the categorical ones first.
            positions: list of category numbers, or of values for a continuous code.
        """
        categorical, continuous = self.split(codes)
        columns = []
        for position in positions:
            parts = list(categorical)
            moved = continuous
            if index < len(parts):
                one_hot = tf.one_hot(int(position), self.categories[index], dtype=tf.float32)
                parts[index] = tf.broadcast_to(one_hot, parts[index].shape)
            else:
                own = tf.one_hot(index - len(parts), self.num_continuous, dtype=tf.float32)
                moved = continuous * (1.0 - own) + float(position) * own
            columns.append(tf.concat([*parts, moved], axis=-1))
        return tf.stack(columns, axis=1)
