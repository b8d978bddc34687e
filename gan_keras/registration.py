"""How Keras finds our classes in a file, whatever of gan_keras has been imported.

`import gan_keras` imports no Keras. So that `keras.models.load_model` opens our files all the same,
every registered class is named here, and Keras learns the names as soon as both are imported, in
either order. Under each name it finds a `LateClass`, which imports the class when a file wants it.
"""

import importlib
import sys

PACKAGE = "gan_keras"
CLASSES = {
    "augment.adaptive": ("Adaptive",),
    "augment.diffaugment": ("DiffAugment",),
    "augment.neighbours": ("Neighbours",),
    "augment.paired": ("PairedCrop",),
    "corruptions.blur": ("GaussianBlur",),
    "corruptions.box_mask": ("BoxMask",),
    "corruptions.chain": ("Chain",),
    "corruptions.downsample": ("Downsample",),
    "corruptions.grey": ("Grey",),
    "corruptions.jpeg_like": ("JpegLike",),
    "corruptions.mel": ("Mel",),
    "corruptions.noise": ("GaussianNoise",),
    "corruptions.stroke_mask": ("StrokeMask",),
    "distances.feature_matching": ("FeatureDistance",),
    "distances.l1": ("L1",),
    "distances.l2": ("L2",),
    "distances.mel_l1": ("MelL1",),
    "distances.perceptual": ("Perceptual",),
    "distances.ssim": ("SSIM",),
    "kinds.images": ("Images",),
    "kinds.label_maps": ("LabelMaps",),
    "kinds.labels": ("Labels",),
    "kinds.mels": ("Mels",),
    "kinds.mode_table": ("ModeTable",),
    "kinds.signals": ("Signals",),
    "kinds.table": ("Table",),
    "kinds.spectrograms": ("Spectrograms",),
    "kinds.tokens": ("Tokens",),
    "kinds.vectors": ("Vectors",),
    "kinds.videos": ("Videos",),
    "kinds.waves": ("Waves",),
    "layers.antialias": ("AntialiasDownsample", "AntialiasUpsample"),
    "layers.average_halving": ("AverageHalving",),
    "layers.blocks": ("SoftmaxBlocks", "FixBlocks"),
    "layers.batch_norm": ("BatchNorm",),
    "layers.bilinear_upsample": ("BilinearUpsample",),
    "layers.conditional_batch_norm": ("ConditionalBatchNorm",),
    "layers.doubling_conv": ("DoublingConv2D",),
    "layers.draw_symbols": ("DrawSymbols",),
    "layers.equalized": ("EqualizedDense", "EqualizedConv2D"),
    "layers.fold_frames": ("FoldFrames", "UnfoldFrames"),
    "layers.fold_period": ("FoldPeriod",),
    "layers.fourier_unit": ("FourierUnit",),
    "layers.group_moments": ("GroupMoments",),
    "layers.grouped_conv": ("GroupedConv2D",),
    "layers.instance_norm": ("InstanceNorm",),
    "layers.label_map": ("LabelMap",),
    "layers.learned_maps": ("LearnedBasis", "LearnedConstant"),
    "layers.minibatch_discrimination": ("MinibatchDiscrimination",),
    "layers.minibatch_stddev": ("MinibatchStddev",),
    "layers.modulated_conv": ("ModulatedConv2D",),
    "layers.noise": ("AddNoise",),
    "layers.one_hot_labels": ("OneHotLabels",),
    "layers.phase_shuffle": ("PhaseShuffle",),
    "layers.pixel_norm": ("PixelNorm",),
    "layers.pixel_shuffle": ("PixelShuffle", "PixelUnshuffle", "ICNR"),
    "layers.place_patches": ("PlacePatches",),
    "layers.ranks": ("LogitsAlongRanks", "RanksOfBlocks"),
    "layers.reflection_padding": ("ReflectionPadding",),
    "layers.relational_memory": ("RelationalMemoryCell",),
    "layers.resample": ("BlurUpsample", "BlurDownsample"),
    "layers.residual": ("ResidualUp", "ResidualDown"),
    "layers.residual_dense": ("ResidualDense", "ResidualInResidualDense"),
    "layers.self_attention": ("SelfAttention",),
    "layers.snap_levels": ("SnapLevels",),
    "layers.spade": ("Spade",),
    "layers.spectral_norm": ("SpectralNorm",),
    "layers.styles": ("OtherLatents", "MixStyles", "TruncateStyles"),
    "layers.until_the_end": ("UntilTheEnd",),
    "layers.virtual_batch_norm": ("PrependReference", "DropReference", "VirtualBatchNorm"),
    "layers.with_changes": ("WithChanges",),
    "losses.hinge": ("Hinge",),
    "losses.least_squares": ("LeastSquares",),
    "losses.minimax": ("Minimax",),
    "losses.non_saturating": ("NonSaturating",),
    "losses.patch_nce": ("PatchNCE",),
    "losses.relativistic": ("RelativisticAverage", "RelativisticPaired"),
    "losses.top_k": ("TopK",),
    "losses.wasserstein": ("Wasserstein",),
    "models.acgan": ("ACGAN",),
    "models.adversarial_autoencoder": ("AdversarialAutoencoder",),
    "models.began": ("BEGAN",),
    "models.bigan": ("BiGAN",),
    "models.ctgan": ("CTGAN",),
    "models.cut": ("CUT",),
    "models.cyclegan": ("CycleGAN",),
    "models.doppelganger": ("DoppelGANger",),
    "models.gan": ("GAN",),
    "models.history_pool": ("HistoryPool",),
    "models.infogan": ("InfoGAN",),
    "models.linear_decay": ("LinearDecay",),
    "models.mocogan": ("MoCoGAN",),
    "models.moving_average": ("MovingAverage",),
    "models.pix2pix": ("Pix2Pix",),
    "models.sequence_gan": ("SequenceGAN",),
    "models.ssgan": ("SSGAN",),
    "models.vae_gan": ("VAEGAN",),
    "networks.transposed_initializer": ("TransposedInitializer",),
    "penalties.consistency": ("Consistency",),
    "penalties.feature_matching": ("FeatureMatching",),
    "penalties.historical": ("HistoricalAveraging",),
    "penalties.interpolated": ("GradientPenalty", "DRAGAN"),
    "penalties.lecam": ("LeCam",),
    "penalties.path_length": ("PathLength",),
    "penalties.weight_clip": ("WeightClip",),
    "penalties.zero_centered": ("R1", "R2"),
    "surrogates.reinforce": ("Reinforce",),
    "surrogates.relaxed": ("Relaxed",),
    "surrogates.straight_through": ("StraightThrough",),
}

OLD_NAMES = {"TransposedInitializer": "Turned"}  # what files call a class that was renamed


_waiting: list = []  # classes that were made before Keras was imported


def register(cls):
    """Decorates a class that files name: Keras finds it as "gan_keras>Name", once it is there.

    Returns:
        The class itself.
    """
    if keras := _keras():
        name = OLD_NAMES.get(cls.__name__, cls.__name__)
        return keras.saving.register_keras_serializable(package=PACKAGE, name=name)(cls)
    _waiting.append(cls)
    return cls


class LateClass:
    """What Keras finds under a registered name until the class's own module is imported.

    Keras asks a class in a file for `from_config` and nothing else. Importing the module registers
    the class itself in the place of this.

    Args:
        module: full name of the module.
        name: of the class in it.
    """

    def __init__(self, module, name):
        self.module = module
        self.name = name

    def load(self):
        """The class."""
        return getattr(importlib.import_module(self.module), self.name)

    def from_config(self, config):
        """An object of the class, as Keras asks a class for one."""
        return self.load().from_config(config)


class AfterKeras:
    """A finder of modules that finds nothing but Keras, to be told when it has been imported."""

    def find_spec(self, name, path=None, target=None):
        """Where `keras` lies, as the other finders say, with `declare` after its import."""
        if name != "keras":
            return None
        for finder in sys.meta_path:
            spec = None if finder is self else finder.find_spec(name, path, target)
            if spec is not None:
                _declare_after(spec.loader)
                return spec
        return None


def declare():
    """Gives Keras, which must be imported, a `LateClass` for each name that it does not know."""
    while _waiting:
        register(_waiting.pop())
    known = _keras().saving.get_custom_objects()
    for module, names in CLASSES.items():
        for name in names:
            late = LateClass(f"{PACKAGE}.{module}", name)
            known.setdefault(f"{PACKAGE}>{OLD_NAMES.get(name, name)}", late)


def declare_with_keras():
    """Calls `declare`: now if Keras is imported, and otherwise as soon as it is."""
    if _keras():
        declare()
    if not any(isinstance(finder, AfterKeras) for finder in sys.meta_path):
        sys.meta_path.insert(0, AfterKeras())


def _keras():
    """Keras, if it has been imported to its end."""
    found = sys.modules.get("keras")
    return found if hasattr(found, "saving") else None


def _declare_after(loader):
    execute = loader.exec_module

    def exec_module(module):
        execute(module)
        declare()

    loader.exec_module = exec_module
