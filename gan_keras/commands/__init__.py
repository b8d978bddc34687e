"""The commands of `gan-keras`: one file each, and its line in cli.py. Top-level imports are light.

train       trains a recipe, or goes on with a run
sample      draws from a run
evaluate    scores a run, or files, against real data
certificate says on one page what a fake table is worth, and whom it gives away
diagnose    says what is wrong with a run
report      shows what the files of runs say on one page
judge       makes pages for people who judge, and scores their answers
card        writes a model card
export      writes a run's generator for places without gan_keras
list_names  names of recipes, data sets, losses, ...
"""
