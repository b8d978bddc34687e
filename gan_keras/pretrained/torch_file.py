"""Tensors of a PyTorch file (.pth), read without PyTorch and without running what it says.

A pickle may name any function of any module and have it called. Here only the few names that
rebuild tensors are known, each replaced by a stand-in that writes down what it was given; every
other name is an error.
"""

import collections
import io
import pickle
import zipfile

import numpy as np

MAGIC = 0x1950A86A20F9469CFC6C  # PyTorch before 1.6 starts its files with this number
DTYPES = {
    "FloatStorage": "<f4",
    "DoubleStorage": "<f8",
    "HalfStorage": "<f2",
    "LongStorage": "<i8",
    "IntStorage": "<i4",
    "ShortStorage": "<i2",
    "CharStorage": "i1",
    "ByteStorage": "u1",
    "BoolStorage": "?",
}


def read(path):
    """The tensors of a state dict.

    Args:
        path: str, a file written by `torch.save`, zipped (1.6 and later) or not.

    Returns:
        dict from name to numpy array.

    Raises:
        ValueError: the file is torn, is no state dict, or names anything beyond tensors.
    """
    try:
        with open(path, "rb") as file:
            zipped = file.read(4) == b"PK\x03\x04"
            file.seek(0)
            state, storages = _zipped(file) if zipped else _plain(file)
        if not isinstance(state, dict):
            raise ValueError(f"it holds a {type(state).__name__}")
        return {
            str(name): _array(tensor, storages)
            for name, tensor in state.items()
            if isinstance(tensor, _Tensor)
        }
    except Exception as error:  # a torn or hostile file can fail anywhere in pickle or zipfile
        raise ValueError(f"'{path}' is no PyTorch state dict that can be read: {error}.") from error


_Storage = collections.namedtuple("_Storage", ["dtype", "key", "count"])
_Tensor = collections.namedtuple("_Tensor", ["storage", "offset", "shape", "strides"])


def _rebuild_tensor(storage, offset, shape, strides, *_ignored):
    return _Tensor(storage, offset, shape, strides)


def _rebuild_parameter(tensor, *_ignored):
    return tensor


class _Unpickler(pickle.Unpickler):
    """Knows tensors, ordered dictionaries and nothing else."""

    def find_class(self, module, name):
        if module == "torch" and name in DTYPES:
            return DTYPES[name]
        known = {
            ("collections", "OrderedDict"): collections.OrderedDict,
            ("torch._utils", "_rebuild_tensor"): _rebuild_tensor,
            ("torch._utils", "_rebuild_tensor_v2"): _rebuild_tensor,
            ("torch._utils", "_rebuild_parameter"): _rebuild_parameter,
        }
        if (module, name) in known:
            return known[module, name]
        raise pickle.UnpicklingError(f"it asks for {module}.{name}, which a tensor does not need")

    def persistent_load(self, identifier):
        kind, dtype, key, _location, count = identifier[:5]
        if kind != "storage" or (len(identifier) > 5 and identifier[5] is not None):
            raise pickle.UnpicklingError(f"it refers to a {kind} in a way that is not known")
        return _Storage(dtype, str(key), int(count))


def _zipped(file):
    with zipfile.ZipFile(file) as archive:
        [index] = [name for name in archive.namelist() if name.endswith("/data.pkl")]
        folder = index[: -len("data.pkl")]
        state = _Unpickler(io.BytesIO(archive.read(index))).load()
        if (
            f"{folder}byteorder" in archive.namelist()
            and archive.read(f"{folder}byteorder") != b"little"
        ):
            raise ValueError("its numbers are big-endian")
        keys = {tensor.storage.key for tensor in state.values() if isinstance(tensor, _Tensor)}
        return state, {key: archive.read(f"{folder}data/{key}") for key in keys}


def _plain(file):
    if _Unpickler(file).load() != MAGIC:
        raise ValueError("it does not begin like one")
    _Unpickler(file).load()  # the protocol's version
    system = _Unpickler(file).load()
    if not system.get("little_endian", True):
        raise ValueError("its numbers are big-endian")
    state = _Unpickler(file).load()
    sizes = {
        tensor.storage.key: np.dtype(tensor.storage.dtype).itemsize
        for tensor in state.values()
        if isinstance(tensor, _Tensor)
    }
    storages = {}
    for key in _Unpickler(file).load():
        count = int.from_bytes(file.read(8), "little")
        storages[str(key)] = file.read(count * sizes[str(key)])
    return state, storages


def _array(tensor, storages):
    dtype = np.dtype(tensor.storage.dtype)
    flat = np.frombuffer(storages[tensor.storage.key], dtype)
    last = tensor.offset + sum(
        (size - 1) * stride for size, stride in zip(tensor.shape, tensor.strides, strict=True)
    )
    if min((tensor.offset, *tensor.strides, *tensor.shape), default=0) < 0 or last >= len(flat):
        raise ValueError("a tensor reaches beyond its numbers")
    return np.lib.stride_tricks.as_strided(
        flat[tensor.offset :], tensor.shape, [stride * dtype.itemsize for stride in tensor.strides]
    ).copy()
