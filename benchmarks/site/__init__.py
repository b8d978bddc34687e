"""The documentation as a site: `python -m benchmarks.site` writes it to build/site.

pages      what the site is made of: docs/, README, examples, gallery, reference
gallery    each recipe with its cost, a score and a picture, from results/
notebooks  the scripts of examples/ as notebooks
api        pages of the reference, from docstrings
links      every link of a built site leads somewhere, and nothing is fetched from elsewhere
mkdocs.yml is what Zensical reads.
"""
