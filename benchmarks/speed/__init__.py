"""How long it takes: `throughput` and `settings` of whole loops; `step`, `profile_step`, `cost` of
a step; `input` of images; `scaling` over replicas; `metrics` beside their peers.
"""
