"""How long it takes: `throughput` and `settings` of whole loops; `step` (beside a `bare_loop`),
`profile_step` (of `step_parts`) and `cost` of a step; `input` of images; `scaling`
over replicas; `metrics` beside their peers.
"""
