"""What a training is worth.

At equal cost (`equal_cost`): `baselines`, `ablations`, `versus` the peers (`peers_published`), and
the `long_run`. After equal steps: `few_images`, `precision`, `modes`, and the `pictures` of the
docs with their `captions`. Of the bundled run: `attribution`. Their parts: `budget` and
`training_run`.
"""
