"""Evaluation by people: blind pages, one a judge, and what their answers say.

study        a study of a run: `make` writes its pages
key          what was on them, which judges must not see
trials       one judge's own draw: which pictures, in which order
pictures     real and generated pictures, made alike
verdicts     what the run's own discriminator says of them, for play
page         the page of one judge; judge.js runs it, judge.css is its look
staircase    exposures that find where a judge is right three times in four
answers      the files that judges send back, read and refused
signal       errors, d' and bias of one judge
interval     Student's t over judges, and HYPE's bootstrap beside it
scores       `scored`: scores of a study, each with its protocol
"""
