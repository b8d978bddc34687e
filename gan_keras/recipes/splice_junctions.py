"""Genes around splice junctions, 60 nucleotides, of a class that one asks for."""

from gan_keras.recipes import sequences

RECIPE = sequences.RECIPE.with_settings(
    {
        "name": "splice_junctions",
        "summary": "genes around donors, acceptors or neither, 60 nucleotides, conditional; five minutes",
        "conditional": True,
    }
)
