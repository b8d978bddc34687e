"""The page's engine gives TensorFlow's pixels, in Node and in Chromium; skipped without either."""

import json
import shutil
import subprocess

import browser
import keras
import numpy as np
import pytest
from keras import layers, ops

from gan_keras import images
from gan_keras.exporting.serving import serving_model
from gan_keras.layers import FoldFrames, UnfoldFrames
from gan_keras.networks import (
    biggan,
    dcgan,
    doppelganger,
    hifigan,
    layered,
    mlp,
    mocogan,
    r3gan,
    relgan,
    resnet,
    resnet_translator,
    rrdb,
    sagan,
    series,
    spade,
    srresnet,
    stylegan2,
    unet,
    video,
    wavegan,
)
from gan_keras.pages.document import asset
from gan_keras.pages.engine import fitting, graph, packing

IMAGE = (16, 16, 3)
SMALL = (8, 8, 3)
CLIP = (4, 8, 8, 3)
MOCOGAN = {"content_dim": 3, "noise_dim": 2, "units": 4, "motion_dim": 3, "mapping": 5}
NETWORKS = {
    "dcgan": lambda: dcgan.generator(IMAGE, 4, widths=(6, 4), num_classes=3, mapping=5),
    "dcgan_resize": lambda: dcgan.generator(SMALL, 4, widths=(4,), upsampling="resize"),
    "resnet": lambda: resnet.generator(SMALL, 4, widths=(8, 8), num_classes=3),
    "biggan": lambda: biggan.generator(SMALL, 8, widths=(8, 8), num_classes=3, embedding_dim=4),
    "sagan": lambda: sagan.generator(IMAGE, 4, widths=(8, 8, 8)),
    "r3gan": lambda: r3gan.generator(SMALL, 4, widths=(8, 8), num_blocks=1, group_size=4),
    "stylegan2": lambda: stylegan2.generator(SMALL, 4, widths=(6, 5), w_dim=6),
    "mlp": lambda: mlp.generator((8, 8, 1), 4, widths=(7,)),
    "unet": lambda: unet.generator(SMALL, SMALL, width=4, num_levels=2),
    "unet_transpose": lambda: unet.generator(SMALL, SMALL, width=4, upsampling="transposed"),
    "resnet_translator": lambda: resnet_translator.generator(SMALL, SMALL, width=4, num_blocks=1),
    "srresnet": lambda: srresnet.generator(SMALL, IMAGE, width=4, num_blocks=1),
    "rrdb": lambda: rrdb.generator(SMALL, IMAGE, width=4, num_blocks=1, growth=2),
    "spade": lambda: spade.generator((8, 8, 1), SMALL, num_labels=3, width=2, hidden=3),
    "video": lambda: video.generator(CLIP, 4, widths=(6,), num_classes=3),
    "mocogan": lambda: mocogan.generator(CLIP, **MOCOGAN, widths=(6,), num_classes=3),
    "layered": lambda: layered.generator(CLIP, **MOCOGAN, widths=(6, 4), ground="map"),
    "wavegan": lambda: wavegan.generator((64, 1), 4, width=4, post_filter=8, num_classes=3),
    "hifigan": lambda: hifigan.generator(
        *((6, 5), (48, 1)),
        width=8,
        rates=(4, 2),
        kernels=(8, 4),
        block_kernels=(3, 5),
        dilations=((1, 3),) * 2,
    ),
    "relgan": lambda: relgan.generator((6, 5), units=4, embedding_dim=3, num_classes=3),
    "series": lambda: series.generator(
        (10, 2), 4, width=6, levels=[[], [-1.0, 0.0, 0.3]], num_classes=3
    ),
    "doppelganger": lambda: doppelganger.generator((10, 2), units=6, num_classes=3),
}
ENGINE = """
async function tried(cases) {
  const ways = { wasm: wasmProduct(), plain: plainProduct };
  const found = {};
  for (const [name, { network, inputs }] of Object.entries(cases)) {
    found[name] = {};
    for (const way of Object.keys(ways)) {
      found[name][way] = Array.from((await runnable(network, ways[way]))(inputs));
    }
  }
  return found;
}
"""
PROGRAM = """
tried(JSON.parse(require("fs").readFileSync(0, "utf8")))
  .then((found) => console.log(JSON.stringify(found)));
"""


TWELVE = {  # with arrays that are large enough for 12 bits
    "wide_dcgan": lambda: dcgan.generator(IMAGE, 16, widths=(32, 16)),
    "wide_unet": lambda: unet.generator(SMALL, SMALL, width=16, num_levels=2),
    "wide_stylegan2": lambda: stylegan2.generator(SMALL, 8, widths=(16, 16), w_dim=64),
}


def script():
    """The engine, and a function that tries it on cases."""
    return asset("engine/product.js") + asset("engine/engine.js") + ENGINE


def run(cases):
    """What the scripts give: dict from case to dict from way to a list."""
    if shutil.which("node") is None:
        pytest.skip("Node is not here: apt-get install nodejs")
    done = subprocess.run(
        ["node", "-e", script() + PROGRAM],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def fed(model, random):
    """Something for each input: dict of arrays with a batch of one."""
    found = {}
    for tensor in model.inputs:
        shape = (1, *(side or 6 for side in tensor.shape[1:]))
        if str(tensor.dtype).startswith("int") or tensor.name == "labels":
            found[tensor.name] = random.integers(0, 3, shape).astype(tensor.dtype)
        else:
            found[tensor.name] = random.normal(size=shape).astype("float32")
    return found


def of_layers(function, *shapes, dtype="float32"):
    """A model of a function of tensors."""
    inputs = [keras.Input(shape, name=f"x{i}", dtype=dtype) for i, shape in enumerate(shapes)]
    return keras.Model(inputs if len(inputs) > 1 else inputs[0], function(*inputs))


OPERATIONS = {
    **{
        name: lambda name=name: of_layers(getattr(ops, name), (3, 4))
        for name in (
            "abs",
            "elu",
            "erf",
            "exp",
            "relu6",
            "sigmoid",
            "softplus",
            "softmax",
            "square",
        )
    },
    "divide": lambda: of_layers(lambda x, y: x / (1.5 + ops.tanh(y)), (3, 4), (3, 1)),
    "less": lambda: of_layers(lambda x, y: 2.0 - x * y, (3, 1, 5), (1, 4, 5)),
    "first_smaller": lambda: of_layers(lambda x, y: x - y, (1, 5), (4, 5)),
    "minimum": lambda: of_layers(ops.minimum, (7,), (7,)),
    "mean": lambda: of_layers(lambda x: ops.mean(x, axis=(1, 3)), (3, 4, 5)),
    "max": lambda: of_layers(lambda x: ops.max(x, axis=2, keepdims=True), (3, 4, 5)),
    "transpose": lambda: of_layers(lambda x: ops.transpose(x, (0, 3, 1, 2)), (3, 4, 5)),
    "slice": lambda: of_layers(lambda x: x[:, 1:, ::-2, None], (3, 6)),
    "last_places": lambda: of_layers(lambda x: x[..., 1:3], (2, 3, 4)),
    "split": lambda: of_layers(lambda x: ops.concatenate(ops.split(x, 3, 2)[::-1], 1), (2, 6)),
    "stack": lambda: of_layers(lambda x, y: ops.stack([x, y], 2), (3, 4), (3, 4)),
    "tile": lambda: of_layers(lambda x: ops.tile(x, (1, 2, 3)), (3, 4)),
    "pad": lambda: of_layers(lambda x: ops.pad(x, ((0, 0), (1, 2), (0, 3))), (3, 4)),
    "mirror": lambda: of_layers(
        lambda x: ops.pad(x, ((0, 0), (2, 1), (1, 3)), mode="reflect"), (4, 5)
    ),
    "einsum": lambda: of_layers(lambda x, y: ops.einsum("bij,bkj->bki", x, y), (3, 4), (5, 4)),
    "matmul": lambda: of_layers(ops.matmul, (2, 3, 4), (2, 4, 5)),
    "pooling": lambda: of_layers(layers.MaxPooling2D(3, 2, padding="same"), (6, 5, 3)),
    "mean_pooling": lambda: of_layers(layers.AveragePooling2D(2, padding="same"), (5, 5, 3)),
    "strided": lambda: of_layers(layers.Conv2D(5, 4, strides=3, padding="same"), (10, 11, 3)),
    "grouped": lambda: of_layers(layers.Conv2D(9, 3, groups=3), (9, 8, 6)),
    "transposed": lambda: of_layers(layers.Conv2DTranspose(5, 4, 3, padding="same"), (4, 3, 6)),
    "dilated": lambda: of_layers(
        layers.Conv2D(5, (3, 4), padding="same", dilation_rate=(2, 3)), (9, 8, 3)
    ),
    "dilated_groups": lambda: of_layers(
        layers.Conv2D(6, 3, groups=2, dilation_rate=(1, 2)), (7, 9, 4)
    ),
    "dilated_waves": lambda: of_layers(
        layers.Conv1D(5, 3, padding="same", dilation_rate=5), (12, 3)
    ),
    "depthwise": lambda: of_layers(layers.DepthwiseConv2D(3, padding="same"), (5, 6, 4)),
    "bilinear": lambda: of_layers(layers.UpSampling2D(3, interpolation="bilinear"), (4, 5, 2)),
    "nearest": lambda: of_layers(layers.Resizing(9, 7, interpolation="nearest"), (4, 5, 2)),
    "one_hot": lambda: of_layers(lambda x: ops.one_hot(x, 4), (5,), dtype="int32"),
    "where": lambda: of_layers(lambda x, y: ops.where(x < y, 2 * x, ops.exp(y)), (3, 4), (3, 4)),
    "take": lambda: of_layers(lambda x: ops.take(x, [[2, 0], [1, 1]], axis=2), (3, 4)),
    "transposed_waves": lambda: of_layers(layers.Conv1DTranspose(5, 25, 4, "same"), (6, 3)),
    "transposed_clips": lambda: of_layers(
        layers.Conv3DTranspose(5, (3, 4, 5), (1, 2, 3), "same"), (2, 4, 3, 6)
    ),
    "gru": lambda: of_layers(layers.GRU(4, return_sequences=True), (3, 2)),
    "lstm": lambda: of_layers(layers.LSTM(4, return_sequences=True), (3, 2)),
    **{
        f"frames_{name}": lambda layer=layer: of_layers(
            lambda x: UnfoldFrames(3)(layer(FoldFrames()(x))), (3, 6, 5, 4)
        )
        for name, layer in {
            "strided": layers.Conv2D(5, 4, strides=3, padding="same"),
            "dilated": layers.Conv2D(5, 3, dilation_rate=2, padding="same"),
            "grouped": layers.Conv2D(6, 3, groups=2),
            "transposed": layers.Conv2DTranspose(5, 4, 3, padding="same"),
            "depthwise": layers.DepthwiseConv2D(3, padding="same"),
            "pooling": layers.MaxPooling2D(3, 2, padding="same"),
            "bilinear": layers.UpSampling2D(3, interpolation="bilinear"),
            "nearest": layers.Resizing(9, 7, interpolation="nearest"),
        }.items()
    },
    "widest": lambda: of_layers(layers.Dense(37), (2, 91)),
}


@pytest.fixture(scope="module")
def made():
    """Networks and operations: what TensorFlow gives, and what the engine is given."""
    random, cases, expected = np.random.default_rng(0), {}, {}
    keras.utils.set_random_seed(0)
    models = {name: serving_model(build()) for name, build in NETWORKS.items()}
    models |= {name: serving_model(build()) for name, build in TWELVE.items()}
    models |= {name: build() for name, build in OPERATIONS.items()}
    for name, model in models.items():
        for weight in model.weights:  # no zeros, so that a shift left out is seen
            if weight.shape and "seed" not in weight.path and not np.any(weight.numpy()):
                weight.assign(random.normal(0, 0.1, weight.shape))
        inputs = fed(model, random)
        given, sizes = list(inputs.values()), {key: v.shape[1:] for key, v in inputs.items()}
        expected[name] = np.asarray(model(given[0] if len(given) == 1 else given))[0]
        cases[name] = {
            "network": graph.frozen(model, sizes).as_json(12 if name in TWELVE else 16),
            "inputs": {key: value.ravel().tolist() for key, value in inputs.items()},
        }
    return expected, cases


@pytest.fixture(scope="module")
def results(made):
    """For each case, what TensorFlow gives and what the engine gives in either way, in Node."""
    expected, cases = made
    return expected, run(cases)


@pytest.fixture(scope="module")
def in_chromium(made, tmp_path_factory):
    """The same of families in a page that is opened offline."""
    path = tmp_path_factory.mktemp("pages") / "engine.html"
    path.write_text(f"<!doctype html><script>{script()}</script>", encoding="utf-8")
    expected, cases = made
    with browser.opened() as open_page:
        page = open_page(path)
        found = page.evaluate("tried", {name: cases[name] for name in (*NETWORKS, *TWELVE)})
        assert not browser.outside(page)
        assert page.trouble == []
    return expected, found


@pytest.mark.parametrize("way", ["wasm", "plain"])
@pytest.mark.parametrize("name", [*NETWORKS, *TWELVE])
@pytest.mark.parametrize("where", ["results", "in_chromium"])
def test_every_pixel_of_a_family_is_within_one_level(request, where, name, way):
    expected, found = request.getfixturevalue(where)
    own = np.reshape(found[name][way], expected[name].shape)
    largest = max(1.0, np.abs(expected[name]).max())  # readings may be larger than pixels
    levels = [images.to_uint8(sample / largest).astype(int) for sample in (expected[name], own)]
    assert np.ptp(levels[0]) > 3
    assert np.abs(levels[0] - levels[1]).max() <= 1


@pytest.mark.parametrize("way", ["wasm", "plain"])
@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_gives_the_numbers_of_tensorflow(results, name, way):
    expected, found = results
    own = np.reshape(found[name][way], expected[name].shape)
    np.testing.assert_allclose(own, expected[name], rtol=2e-3, atol=2e-3)


def test_an_operation_that_is_missing_is_named():
    with pytest.raises(ValueError, match=r"has no Cumsum, which '.*' of this generator is"):
        graph.frozen(of_layers(lambda x: ops.cumsum(x, axis=1), (4,)))


def dense(kernel):
    """A graph of one dense layer."""
    layer = layers.Dense(kernel.shape[1], use_bias=False)
    model = of_layers(layer, (kernel.shape[0],))
    layer.set_weights([kernel])
    return graph.frozen(model)


def test_twelve_bits_are_what_the_script_reads():
    kernel = np.random.default_rng(0).normal(size=(61, 41)).astype("float32")
    network, given = dense(kernel), np.eye(61, dtype="float32")
    steps = kernel / (np.abs(kernel).max() / 2047)
    assert np.abs(steps - np.round(steps)).max() > 0.49
    expected = np.round(steps) * (np.abs(kernel).max() / 2047)
    cases = {
        str(row): {"network": network.as_json(12), "inputs": {"x0": given[row].tolist()}}
        for row in (0, 60)
    }
    for row, found in run(cases).items():
        np.testing.assert_allclose(found["plain"], expected[int(row)], rtol=1e-6)
    (own,) = network.run({"x0": given[None, 7]}, 12)
    np.testing.assert_allclose(own, expected[7], rtol=1e-6)
    np.testing.assert_allclose(network.run({"x0": given[None, 7]})[0], kernel[7], rtol=1e-6)


def test_few_bits_only_where_the_page_is_large_and_a_sample_hardly_changes():
    random = np.random.default_rng(0)
    even = random.uniform(-0.1, 0.1, (64, 64)).astype("float32")
    outlier = even.copy()
    outlier[0, 0] = 1000.0  # a step is then larger than all others
    chains = [[dense(even)], [dense(outlier)], [dense(even), dense(even)]]
    probes = [[{"x0": np.ones((1, 64), "float32")}]] * 3

    def types(**limits):
        found = fitting.fitted(chains, probes, **limits)
        return [[network["constants"][0]["type"] for network in chain] for chain in found]

    assert types() == [["half"], ["half"], ["half", "half"]]
    assert types(limit=0) == [["steps"], ["half"], ["steps", "steps"]]


@pytest.mark.parametrize(
    ("value", "bits", "wanted"),
    [
        (np.ones(63), 16, "single"),
        (np.ones(64), 16, "half"),
        (np.full(64, 1e-6), 16, "single"),
        (np.full(64, 7e4), 16, "single"),
        (np.ones(2047), 12, "half"),
        (np.ones(2049), 12, "steps"),
        (np.zeros(2048), 12, "half"),
    ],
)
def test_an_array_is_written_as_it_can_be(value, bits, wanted):
    value = value.astype("float32")
    told, content = packing.packed(value, bits)
    assert told["type"] == wanted
    bytes_of_one = {"single": 4, "half": 2, "steps": 1.5}[wanted]
    assert len(content) == np.ceil(bytes_of_one * value.size)
    np.testing.assert_allclose(packing.rounded(value, bits), value, rtol=1e-3)
