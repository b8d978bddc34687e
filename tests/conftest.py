"""Set before TensorFlow is used: quiet logs, two logical CPUs for the tests of replicas."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
os.environ.setdefault("MPLBACKEND", "Agg")
os.environ["GAN_KERAS_PRECISION"] = "float32"  # what is compared must not depend on the processor


def pytest_configure(config):
    """Two CPUs in each process that runs tests; the one that deals them out needs no TensorFlow."""
    if config.getoption("numprocesses", None):
        return
    import tensorflow as tf

    tf.config.set_logical_device_configuration(
        tf.config.list_physical_devices("CPU")[0], [tf.config.LogicalDeviceConfiguration()] * 2
    )
