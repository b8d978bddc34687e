"""What the benchmarks count, against numbers worked by hand."""

import numpy as np
import tensorflow as tf

from benchmarks.loops import configurations, flops, keras_networks, ours


def counted(function, *shapes):
    specs = [tf.TensorSpec(shape) for shape in shapes]
    return flops.heavy_operations(tf.function(function).get_concrete_function(*specs))


def test_a_convolution_and_its_gradients():
    # 2 images of 8x8x3 to maps of 4x4x5 by 3x3: 2 * 2*4*4 * 3*3*3*5 = 8640, and as much again for
    # each of the two gradients. The first pass is traced, too, but nothing hangs on it.
    def gradients(images, kernel):
        with tf.GradientTape() as tape:
            tape.watch([images, kernel])
            maps = tf.nn.conv2d(images, kernel, 2, "SAME")
        return tape.gradient(maps, [images, kernel])

    count = counted(gradients, (2, 8, 8, 3), (3, 3, 3, 5))
    assert sorted(key[0] for key in count) == ["Conv2DBackpropFilter", "Conv2DBackpropInput"]
    assert flops.total(count) == 2 * 8640
    count = counted(lambda x, k: tf.nn.conv2d(x, k, 2, "SAME"), (2, 8, 8, 3), (3, 3, 3, 5))
    assert flops.total(count) == 8640


def test_matrix_products():
    # (4, 3) by (3, 5): 2 * 4 * 3 * 5 = 120, however it is written.
    count = counted(tf.matmul, (4, 3), (3, 5))
    assert flops.total(count) == 120
    turned = counted(
        lambda a, b: tf.matmul(a, b, transpose_a=True, transpose_b=True), (3, 4), (5, 3)
    )
    assert flops.total(turned) == 120


def test_every_counted_operation_can_run_alone():
    count = counted(lambda x, k: tf.nn.conv2d(x, k, 2, "SAME"), (2, 8, 8, 3), (3, 3, 3, 5))
    (key,) = count
    assert flops.runner(key)().shape == (2, 4, 4, 5)


def test_peers_train_networks_of_our_sizes():
    # 28x28: 64 * 6272 + 2 * 128 + 16 * 128 * 64 + 2 * 64 + 16 * 64 * 32 + 2 * 32 + 9 * 32 + 1
    generator = 401_408 + 256 + 131_072 + 128 + 32_768 + 64 + 288 + 1
    # 16 * 32 + 32 + 16 * 32 * 64 + 64 + 16 * 64 * 128 + 128 + 4 * 4 * 128 + 1
    discriminator = 512 + 32 + 32_768 + 64 + 131_072 + 128 + 2048 + 1
    configuration = configurations.CONFIGURATIONS["dcgan"]
    built = [keras_networks.build(configuration, role) for role in ("generator", "discriminator")]
    assert keras_networks.num_weights(*built) == [generator, discriminator]
    images = built[0](np.zeros((2, 64), "float32"))
    assert images.shape == (2, 28, 28, 1)
    assert built[1](images).shape == (2, 1)


def test_a_default_step_has_the_operations_that_it_needs():
    # Generator: 4 products forward, 4 gradients of weights, 3 of inputs. Discriminator: 3 passes of
    # 4, 2 times 4 gradients of weights and 3 of inputs, and for the generator 4 of inputs: 41.
    # Each D layer for 64 images once forward is `d`, each G layer `g`:
    # 2 * 64 * (14*14*16*32 + 7*7*16*32*64 + 4*4*16*64*128 + 2048), and likewise for g.
    count = ours.heavy_operations_of("dcgan", r1=False)
    assert sum(count.values()) == 41
    d = [14 * 14 * 16 * 32, 7 * 7 * 16 * 32 * 64, 4 * 4 * 16 * 64 * 128, 2048]
    g = [64 * 6272, 7 * 7 * 16 * 128 * 64, 14 * 14 * 16 * 64 * 32, 28 * 28 * 9 * 32]
    passes = 3 * sum(g) - g[0] + (3 + 2 + 2 + 1) * sum(d) - 2 * d[0]
    assert flops.total(count) == 2 * 64 * passes
