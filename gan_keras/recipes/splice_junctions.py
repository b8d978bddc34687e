"""Genes around splice junctions, 60 nucleotides, of a class that one asks for."""

from gan_keras.recipes import sequences

RECIPE = sequences.RECIPE.with_settings(
    {
        "name": "splice_junctions",
        "summary": "60 nucleotides around a donor, an acceptor or neither; five minutes",
        "conditional": True,
    }
)
