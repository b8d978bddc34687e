"""The .wav files that sounds lie in: PCM of 8 to 32 bits, and floating point.

Format: Microsoft and IBM (1991), Multimedia Programming Interface and Data Specifications 1.0.
"""

import struct

import numpy as np

from gan_keras import files

PCM, FLOAT, EXTENSIBLE = 1, 3, 0xFFFE


def read(path):
    """A sound as it lies in its file.

    Args:
        path: of a .wav file: PCM of 8, 16, 24 or 32 bits, or floats of 32 or 64.

    Returns:
        float32 (samples, channels) in [-1, 1], and the rate in samples a second.

    Raises:
        ValueError: no such file, a torn one, an empty one, or one of another encoding.
    """
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as error:
        raise ValueError(f"'{path}' can't be read ({error.strerror}). Give a .wav file.") from None
    form, data = _chunks(content, path)
    code, channels, rate, _, frame, bits = struct.unpack("<HHIIHH", form[:16])
    if code == EXTENSIBLE and len(form) >= 26:
        code = struct.unpack("<H", form[24:26])[0]
    if (code, bits) not in DECODERS:
        raise ValueError(
            f"'{path}' is a .wav of encoding {code} with {bits} bits, not PCM or floats. Convert "
            "it: ffmpeg -i IN.wav -c:a pcm_s16le OUT.wav"
        )
    if channels < 1 or rate < 1 or frame != channels * bits // 8:
        raise ValueError(f"'{path}' is damaged: {channels} channels, {rate} samples a second.")
    data = data[: len(data) // frame * frame]
    if not data:
        raise ValueError(f"'{path}' holds no sound. Leave it out.")
    return DECODERS[code, bits](data).astype("float32").reshape(-1, channels), rate


def _chunks(content, path):
    """The format and the samples of a file."""
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise ValueError(f"'{path}' is no .wav file: it does not begin with RIFF and WAVE.")
    found, place = {}, 12
    while place + 8 <= len(content):
        name, size = content[place : place + 4], struct.unpack_from("<I", content, place + 4)[0]
        found.setdefault(name, content[place + 8 : place + 8 + size])
        torn = len(content) - place - 8 < size
        if torn and name == b"data":
            raise ValueError(
                f"'{path}' is cut short: it promises {size:,} bytes of sound and has "
                f"{len(found[name]):,}. Take a whole copy."
            )
        place += 8 + size + size % 2
    if len(found.get(b"fmt ", b"")) < 16 or b"data" not in found:
        raise ValueError(f"'{path}' is damaged: it lacks its format or its sound.")
    return found[b"fmt "], found[b"data"]


def _integers(dtype, bits):
    """Of whole numbers: the largest amplitude is just below 1."""
    return lambda data: np.frombuffer(data, dtype) / 2.0 ** (bits - 1)


def _bytes(data):
    """8 bits have no sign: 128 is silence."""
    return (np.frombuffer(data, "u1") - 128.0) / 128.0


def _of_24_bits(data):
    """Three bytes, lowest first."""
    parts = np.frombuffer(data, "u1").reshape(-1, 3)
    whole = np.zeros((len(parts), 4), "u1")
    whole[:, 1:] = parts
    return whole.view("<i4")[:, 0] / 2.0**31


DECODERS = {
    (PCM, 8): _bytes,
    (PCM, 16): _integers("<i2", 16),
    (PCM, 24): _of_24_bits,
    (PCM, 32): _integers("<i4", 32),
    (FLOAT, 32): lambda data: np.frombuffer(data, "<f4"),
    (FLOAT, 64): lambda data: np.frombuffer(data, "<f8"),
}


def write(path, wave, rate):
    """Writes a sound as PCM of 16 bits, one channel; the file is whole or not there.

    Args:
        path: where to.
        wave, rate: as of `as_bytes`.
    """
    with files.replacing(path) as temporary, open(temporary, "wb") as file:
        file.write(as_bytes(wave, rate))


def as_bytes(wave, rate):
    """What a .wav file of a sound holds: PCM of 16 bits, one channel.

    Args:
        wave: floats (samples,); what is beyond [-1, 1] is clipped.
        rate: samples a second.
    """
    wave = np.clip(np.asarray(wave, "float64") * 2.0**15, -(2**15), 2**15 - 1)
    data = np.rint(wave).astype("<i2").tobytes()
    form = struct.pack("<HHIIHH", PCM, 1, rate, 2 * rate, 2, 16)
    parts = b"WAVEfmt " + struct.pack("<I", len(form)) + form
    parts += b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(parts)) + parts
