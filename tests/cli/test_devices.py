import keras
import pytest
import tensorflow as tf

from gan_keras.machines import devices
from gan_keras.machines.precision import PRECISIONS


@pytest.fixture(autouse=True)
def policy():
    before = keras.config.dtype_policy()
    yield
    keras.config.set_dtype_policy(before)


@pytest.mark.parametrize("precision", PRECISIONS)
def test_precision_is_keras_policy(precision):
    devices.configure(precision=precision)
    assert keras.config.dtype_policy().name == precision


def test_unknown_precision():
    with pytest.raises(ValueError, match=r"`precision` is one of float32, .*Received: 'float8'"):
        devices.configure(precision="float8")


def test_unknown_strategy():
    with pytest.raises(ValueError, match=r"`strategy` is one of auto, .*Received: 'all'"):
        devices.strategy("all")


def test_auto_on_one_machine_without_gpus_is_none(monkeypatch):
    monkeypatch.delenv("TF_CONFIG", raising=False)
    assert devices.strategy("auto") is None


def test_mirrored_takes_both_logical_devices():
    strategy = devices.strategy("mirrored")
    assert strategy.num_replicas_in_sync == 2
    with devices.scope(strategy):
        assert tf.distribute.get_strategy() is strategy


def test_mirrored_on_one_device(monkeypatch):
    monkeypatch.setattr(tf.config, "list_logical_devices", lambda kind: [])
    with pytest.raises(ValueError, match=r"--strategy mirrored needs at least two GPUs; this .* 0"):
        devices.strategy("mirrored")


def test_multi_worker_without_tf_config(monkeypatch):
    monkeypatch.delenv("TF_CONFIG", raising=False)
    with pytest.raises(ValueError, match="--strategy multi_worker needs TF_CONFIG"):
        devices.strategy("multi_worker")


def test_no_tpu(monkeypatch):
    monkeypatch.delenv("TPU_NAME", raising=False)
    with pytest.raises(ValueError, match="--strategy tpu found no TPU"):
        devices.strategy("tpu")
