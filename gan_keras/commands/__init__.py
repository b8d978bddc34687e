"""The commands of `gan-keras`: one file each, and its line in cli.py. Top-level imports are light.

train       trains a recipe, or goes on with a run
sample      draws from a run
list_names  names of recipes, data sets, losses, ...
"""
