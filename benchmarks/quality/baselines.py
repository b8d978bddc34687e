"""The table of docs/results.md: every loss and algorithm, trained and scored at equal CPU seconds.

    python -m benchmarks.quality.baselines [--budget 300] [--seeds 3] [--rows wgan,r3gan] [--report]

Each finished run is a line of results/baselines.jsonl, and a started benchmark goes on where it
stopped: run it again until the table is complete. --report only writes the page from the lines;
--quick tries everything for seconds, in a temporary folder. At the defaults 48 runs take about six
hours of CPU, scoring included.
"""

from benchmarks.pages import report, results_page
from benchmarks.quality import equal_cost

# Row: title, recipe, changed settings.
ROWS = {
    "default": ("**default recipe**, one generator pass for both", "fashion_mnist_dcgan", {}),
    "fresh_noise": (
        "default recipe, fresh noise for each",
        "fashion_mnist_dcgan",
        {"fresh_noise": True},
    ),
    "minimax": ("minimax", "fashion_mnist_minimax", {}),
    "non_saturating": ("non-saturating", "fashion_mnist_non_saturating", {}),
    "least_squares": ("least squares (LSGAN)", "fashion_mnist_least_squares", {}),
    "wgan": ("Wasserstein, clipped (WGAN)", "fashion_mnist_wgan", {}),
    "wgan_gp": ("Wasserstein, gradient penalty (WGAN-GP)", "fashion_mnist_wgan_gp", {}),
    "dragan": ("DRAGAN", "fashion_mnist_dragan", {}),
    "hinge_sn": ("hinge, spectral norm (SNGAN)", "fashion_mnist_hinge_sn", {}),
    "relativistic_average": (
        "relativistic average (RaGAN)",
        "fashion_mnist_relativistic_average",
        {},
    ),
    "r3gan": ("relativistic paired, R1, R2 (R3GAN)", "fashion_mnist_r3gan", {}),
    "concatenation": ("conditional, concatenation (CGAN)", "fashion_mnist_concatenation", {}),
    "projection": ("conditional, projection", "fashion_mnist_projection", {}),
    "acgan": ("conditional, auxiliary classifier (AC-GAN)", "fashion_mnist_acgan", {}),
    "infogan": ("InfoGAN", "fashion_mnist_infogan", {}),
    "stylegan2": ("StyleGAN2, small", "fashion_mnist_stylegan2", {}),
}


def main():
    pictures = str(report.PICTURES)
    how = {"budget": 300.0, "seeds": 3, "pictures": pictures}
    arguments = equal_cost.compare(__doc__, "baselines", ROWS, **how)
    results_page.write("pictures", results_page.pictures(ROWS, report.PICTURES), arguments)


if __name__ == "__main__":
    main()
