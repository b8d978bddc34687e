"""Short sentences, word by word; words of a file that are rare become one."""

from gan_keras.recipes import lines

RECIPE = lines.RECIPE.with_settings(
    {
        "name": "captions",
        "summary": "short sentences, word by word: a .txt; by default captions of photographs",
        "data": "captions",
        "data_arguments": {"vocabulary": "words", "min_count": 5},
    }
)

suited = lines.suited
