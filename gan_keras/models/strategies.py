"""What a `tf.distribute` strategy asks of a model, and what Keras can't do under one.

Each is refused with one line, or turned off with a warning, before TensorFlow fails on it.
"""

import warnings

import keras
import tensorflow as tf


def current(model):
    """The strategy of `model`, which must be the one in whose scope we are, if any.

    Raises:
        ValueError: the model, or one of its networks, was made outside that scope.
    """
    strategy = model.distribute_strategy
    if tf.distribute.has_strategy():
        strategy = tf.distribute.get_strategy()
    for variable in model.variables:
        if not strategy.extended.variable_created_in_scope(variable.value):
            raise ValueError(
                f"'{variable.path}' was made outside the scope of {type(strategy).__name__}. Make "
                "the networks and the model, and compile it, inside `with strategy.scope():`."
            )
    return strategy


def supported(keras_arguments, strategy):
    """Keras's compile arguments, less what it can't do under `strategy`; says so."""
    if strategy.num_replicas_in_sync == 1:
        return keras_arguments
    arguments = dict(keras_arguments)
    if arguments.get("jit_compile") is True:
        warnings.warn(
            "XLA can't compile a training step under a tf.distribute strategy; going on with "
            "`jit_compile=False`.",
            stacklevel=4,
        )
        arguments["jit_compile"] = False
    if arguments.get("steps_per_execution", 1) != 1 and _has_collectives(strategy):
        warnings.warn(
            f"`steps_per_execution` can't be {arguments['steps_per_execution']} with the "
            f"collectives of {type(strategy).__name__}; going on with 1. On one machine, "
            "`cross_device_ops=tf.distribute.HierarchicalCopyAllReduce()` allows more.",
            stacklevel=4,
        )
        arguments["steps_per_execution"] = 1
    return arguments


def _has_collectives(strategy):
    """Whether replicas are joined by collectives, which fail inside a loop over steps."""
    mirrored = (tf.distribute.MirroredStrategy, tf.distribute.MultiWorkerMirroredStrategy)
    copies = (tf.distribute.HierarchicalCopyAllReduce, tf.distribute.ReductionToOneDevice)
    if not isinstance(strategy, mirrored):
        return False
    return not isinstance(strategy.extended._cross_device_ops, copies)


def warn_of_unsynchronised(networks, strategy):
    """Warns of batch norm whose statistics each replica would take for itself."""
    if strategy.num_replicas_in_sync == 1:
        return
    layers = [layer for network in networks for layer in network._flatten_layers()]
    for layer in layers:
        if isinstance(layer, keras.layers.BatchNormalization) and not layer.synchronized:
            warnings.warn(
                f"Batch norm '{layer.name}' takes the statistics of each replica's share of the "
                "batch, and the moving ones of the first replica are saved. Make it with "
                "`synchronized=True`, or take `gan_keras.layers.BatchNorm`.",
                stacklevel=3,
            )
            return


def check_dataset(dataset, strategy, num_parts):
    """Raises ValueError unless every batch can be cut into equal shares for the replicas.

    Args:
        dataset: what `fit` was given.
        strategy: the model's.
        num_parts: into how many batches one step cuts what a replica gets.
    """
    num_replicas = strategy.num_replicas_in_sync
    if num_replicas == 1 or isinstance(dataset, tf.distribute.DistributedDataset):
        return
    if not isinstance(dataset, tf.data.Dataset):
        raise ValueError(
            f"On {num_replicas} replicas `fit` takes a tf.data.Dataset with batches of one size. "
            f"Received: {type(dataset).__name__}. Make one with `gan_keras.data.load`."
        )
    size = tf.nest.flatten(dataset.element_spec)[0].shape[0]
    if size is None:
        raise ValueError(
            f"Batches of no fixed size can't be shared between {num_replicas} replicas: a smaller "
            "last one would leave one without samples. Batch with `drop_remainder=True`."
        )
    if size % (num_replicas * num_parts):
        each = "" if num_parts == 1 else f", which each cut theirs into {num_parts}"
        multiple = num_replicas * num_parts
        example = -(-size // multiple) * multiple
        raise ValueError(
            f"A global batch of {size} can't be shared equally between {num_replicas} "
            f"replicas{each}. Take a multiple of {multiple}, e.g. {example}."
        )
