"""Whether a discriminator gives logits, or has squeezed them into [0, 1], where losses fail."""

import keras

# What squeezes: by the names of activations, and of operations and layers.
SQUEEZES = {
    **{"sigmoid": "sigmoid", "Sigmoid": "sigmoid"},
    **{"hard_sigmoid": "hard sigmoid", "HardSigmoid": "hard sigmoid"},
    **{"softmax": "softmax", "Softmax": "softmax"},
}
RESHAPES = (keras.layers.Flatten, keras.layers.Reshape)  # which leave numbers as they are


def refuse(network):
    """Raises ValueError for a discriminator one of whose outputs is squeezed.

    Args:
        network: a built `keras.Model`.
    """
    for output in network.outputs:
        operation = last_operation(output)
        activation = getattr(operation, "activation", None)
        names = (getattr(activation, "__name__", ""), type(operation).__name__)
        for squeezed in {SQUEEZES[name] for name in names if name in SQUEEZES}:
            raise ValueError(
                f"`discriminator` ends in a {squeezed} ('{operation.name}'), but losses take "
                "logits, of any size. Leave that activation out: Dense(1)."
            )


def last_operation(output):
    """The operation that made an output's numbers, within inner networks and before reshaping.

    Args:
        output: a symbolic tensor of Keras.
    """
    operation, node_index, tensor_index = output._keras_history
    if isinstance(operation, keras.Model) and hasattr(operation, "outputs"):
        return last_operation(operation.outputs[tensor_index])
    if isinstance(operation, RESHAPES):
        [given] = operation._inbound_nodes[node_index].input_tensors
        return last_operation(given)
    return operation
