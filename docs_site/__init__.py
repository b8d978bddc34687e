"""The documentation as a site: `python -m docs_site` writes it to build/site.

api      pages of the reference, from docstrings
pages    what the site is made of: docs/, README, examples, reference
links    every link of a built site leads somewhere, and nothing is fetched from elsewhere
"""
