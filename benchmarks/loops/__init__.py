"""One game in many loops, which `run` starts and `worker` asks for blocks of steps.

The games are in `configurations`. The loops: `ours`, `peers_keras_io`, `peers_tf_loop`,
`peers_torch`, and `limits`, which has no game but what the machine can reach. Their parts:
`blocks`, `flops`, `keras_networks`, `tf_parts`, `torch_networks`.
"""
