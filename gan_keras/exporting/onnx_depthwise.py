"""The transposed depthwise convolution in ONNX, which tf2onnx leaves as it is.

`layers/resample.py` doubles maps by it. ONNX has it as a ConvTranspose with a group for each
channel.
"""

import functools


@functools.cache
def register():
    """Teaches tf2onnx the operation; it must be installed."""
    from tf2onnx import handler

    handler.tf_op("DepthwiseConv2dNativeBackpropInput")(GroupedConvTranspose)


class GroupedConvTranspose:
    """What tf2onnx calls when it meets the operation, from version 1 of ONNX's operations on."""

    @classmethod
    def version_1(cls, ctx, node, **kwargs):
        """Puts other nodes in the place of `node` of the graph `ctx`.

        Other forms of the operation than ours, and maps of unknown size, stay as they are: the
        runtime then refuses the file.
        """
        _, filters, maps = node.input  # the first gives the size, which the graph knows
        (sample,) = node.output
        taps, given, made = (ctx.get_shape(name) for name in (filters, maps, sample))
        dtype = ctx.get_dtype(sample)
        strides, dilations = (list(node.get_attr(name).ints) for name in ("strides", "dilations"))
        padding = node.get_attr_str("padding")
        is_same = padding == "SAME" and node.get_attr_str("data_format") == "NHWC"
        is_known = min([0, *given[1:], *made[1:]]) >= 0 if given and made else False
        if not (is_same and is_known and taps[3] == 1 and set(dilations) <= {1}):
            return

        # What the small maps' windows cover, and what of that lies outside of the large maps.
        covers = [
            stride * (small - 1) + tap
            for stride, small, tap in zip(strides[1:3], given[1:3], taps[:2], strict=True)
        ]
        outside = [max(0, own - large) for own, large in zip(covers, made[1:3], strict=True)]
        begins = [pixels // 2 for pixels in outside]  # SAME puts the odd one at the end
        ends = [pixels - begin for pixels, begin in zip(outside, begins, strict=True)]
        bare = [max(0, large - own) for own, large in zip(covers, made[1:3], strict=True)]
        ctx.remove_node(node.name)
        channels_first = ctx.make_node("Transpose", [maps], attr={"perm": [0, 3, 1, 2]})
        kernel = ctx.make_node("Transpose", [filters], attr={"perm": [2, 3, 0, 1]})
        convolved = ctx.make_node(
            "ConvTranspose",
            [channels_first.output[0], kernel.output[0]],
            attr={
                "group": taps[2],
                "kernel_shape": taps[:2],
                "strides": strides[1:3],
                "pads": begins + ends,
                "output_padding": bare,
            },
        )
        ctx.make_node(
            "Transpose",
            [convolved.output[0]],
            attr={"perm": [0, 2, 3, 1]},
            outputs=[sample],
            shapes=[made],
            dtypes=[dtype],
        )
