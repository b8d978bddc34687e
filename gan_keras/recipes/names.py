"""First names of a sex that one asks for, letter by letter."""

from gan_keras.recipes import lines

RECIPE = lines.RECIPE.with_settings(
    {
        "name": "names",
        "summary": "first names, of women or of men as one asks; five minutes",
        "conditional": True,
    }
)
