"""Arithmetic of a graph's convolutions and matrix products, and how long they take alone.

Two operations (a multiplication, an addition) for each weight that meets a number; what a padding
adds is counted, as usual.
"""

import collections
import math
import time

import tensorflow as tf

CONVOLUTIONS = ("Conv2D", "Conv2DBackpropInput", "Conv2DBackpropFilter")


def operations(graph):
    """Every operation that a graph's results hang on, with the functions that it calls.

    Both branches of a `cond` are among them. Gradients that nobody asked for are in a traced graph
    but never run: TensorFlow prunes what nothing hangs on.
    """
    found, waiting = set(), [tensor.op for tensor in graph.outputs] + list(graph.control_outputs)
    while waiting:
        operation = waiting.pop()
        if operation in found:
            continue
        found.add(operation)
        waiting += [tensor.op for tensor in operation.inputs] + list(operation.control_inputs)
        yield operation
        for name in ("f", "then_branch", "else_branch", "cond", "body"):
            if name in operation.node_def.attr and operation.type != "PartitionedCall":
                function = graph._get_function(operation.get_attr(name).name)
                yield from operations(function.graph)


def key_of(operation):
    """What a convolution or a matrix product works on: its type, shapes and arguments."""
    if operation.type == "MatMul":
        shapes = (tuple(tensor.shape) for tensor in operation.inputs)
        return ("MatMul", *shapes, *map(operation.get_attr, ("transpose_a", "transpose_b")))
    strides, padding = tuple(operation.get_attr("strides")), operation.get_attr("padding").decode()
    if operation.type == "Conv2D":
        images, kernel = (tuple(tensor.shape) for tensor in operation.inputs)
        maps = tuple(operation.outputs[0].shape)
    elif operation.type == "Conv2DBackpropInput":
        images = tuple(operation.outputs[0].shape)
        kernel, maps = (tuple(tensor.shape) for tensor in operation.inputs[1:])
    else:
        images, maps = (tuple(operation.inputs[i].shape) for i in (0, 2))
        kernel = tuple(operation.outputs[0].shape)
        if not kernel:
            kernel = tuple(tf.get_static_value(operation.inputs[1]))
    return operation.type, images, kernel, maps, strides, padding


def flops_of(key):
    """Floating-point operations of one such operation."""
    if key[0] == "MatMul":
        _, a, b, transpose_a, transpose_b = key
        rows, inner = a[::-1] if transpose_a else a
        return 2 * rows * inner * (b[0] if transpose_b else b[1])
    _, _, kernel, maps, *_ = key
    return 2 * math.prod(maps[:3]) * math.prod(kernel)


def heavy_operations(function):
    """Counter of the convolutions and matrix products of a concrete function."""
    return collections.Counter(
        key_of(operation)
        for operation in operations(function.graph)
        if operation.type in (*CONVOLUTIONS, "MatMul")
    )


def total(count):
    """Floating-point operations of all of them."""
    return sum(flops_of(key) * times for key, times in count.items())


def runner(key):
    """A function that runs one such operation alone, on random numbers."""
    if key[0] == "MatMul":
        _, a, b, transpose_a, transpose_b = key
        a, b = tf.random.normal(a), tf.random.normal(b)
        return tf.function(
            lambda: tf.matmul(a, b, transpose_a=transpose_a, transpose_b=transpose_b)
        )
    kind, images_shape, kernel_shape, maps_shape, strides, padding = key
    images, kernel, maps = map(tf.random.normal, (images_shape, kernel_shape, maps_shape))
    common = {"strides": list(strides), "padding": padding}
    if kind == "Conv2D":
        return tf.function(lambda: tf.raw_ops.Conv2D(input=images, filter=kernel, **common))
    if kind == "Conv2DBackpropInput":
        return tf.function(
            lambda: tf.raw_ops.Conv2DBackpropInput(
                input_sizes=images_shape, filter=kernel, out_backprop=maps, **common
            )
        )
    return tf.function(
        lambda: tf.raw_ops.Conv2DBackpropFilter(
            input=images, filter_sizes=kernel_shape, out_backprop=maps, **common
        )
    )


def cpu_seconds_alone(run, block_seconds):
    """CPU seconds of one call, over a block of calls."""
    run()
    calls, start = 0, time.process_time()
    while (elapsed := time.process_time() - start) < block_seconds or calls < 2:
        run()
        calls += 1
    return elapsed / calls
