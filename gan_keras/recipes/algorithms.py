"""Which networks each algorithm plays with, made of the two that a recipe describes."""

import inspect

from gan_keras import models
from gan_keras.models.codes import Codes
from gan_keras.networks import doppelganger as doppelganger_networks
from gan_keras.networks import heads, mlp, video


def pair(build, num_classes, arguments):
    """Both networks, which see the labels if there are classes; packed samples are stacked."""
    packing = arguments.get("packing", 1)
    both = {"num_classes": num_classes, "conditions": packing == 1}
    return {
        "generator": build("generator", **both),
        "discriminator": build("discriminator", packing=packing, **both),
    }


def acgan(build, num_classes, arguments):
    """The discriminator guesses the class that the generator is told."""
    if num_classes is None:
        raise ValueError("AC-GAN is conditional. Set conditional=True, on data with labels.")
    discriminator = heads.classifier(build("discriminator"), num_classes)
    return {
        "generator": build("generator", num_classes=num_classes),
        "discriminator": discriminator,
    }


def infogan(build, num_classes, arguments):
    """A recogniser of the codes reads the discriminator's features."""
    discriminator = heads.with_features(build("discriminator"))
    defaults = inspect.signature(models.InfoGAN).parameters
    layout = [arguments.get(key, defaults[key].default) for key in ("categories", "num_continuous")]
    return {
        "generator": build("generator"),
        "discriminator": discriminator,
        "recognizer": heads.reader(discriminator, Codes(*layout).size),
    }


def ssgan(build, num_classes, arguments):
    """The discriminator also tells four rotations apart."""
    return {
        "generator": build("generator"),
        "discriminator": heads.classifier(build("discriminator"), 4),
    }


def bigan(build, num_classes, arguments):
    """An encoder built like the discriminator, which judges pairs."""
    generator, discriminator = build("generator"), build("discriminator")
    latent_dim = generator.inputs[0].shape[-1]
    return {
        "generator": generator,
        "encoder": heads.encoder(discriminator, latent_dim),
        "discriminator": heads.joint(discriminator, latent_dim),
    }


def began(build, num_classes, arguments):
    """The discriminator is an autoencoder: an encoder like it, a decoder like the generator."""
    generator = build("generator")
    return {
        "generator": generator,
        "discriminator": heads.autoencoder(build("discriminator"), generator),
    }


def adversarial_autoencoder(build, num_classes, arguments):
    """An encoder to Gaussians built like the discriminator; another one judges its codes."""
    generator = build("generator")
    latent_dim = generator.inputs[0].shape[-1]
    return {
        "generator": generator,
        "encoder": heads.encoder(build("discriminator"), 2 * latent_dim),
        "discriminator": mlp.discriminator((latent_dim,)),
    }


def vae_gan(build, num_classes, arguments):
    """An encoder to Gaussians built like the discriminator, whose features measure likeness."""
    generator, discriminator = build("generator"), build("discriminator")
    latent_dim = generator.inputs[0].shape[-1]
    return {
        "generator": generator,
        "encoder": heads.encoder(discriminator, 2 * latent_dim),
        "discriminator": heads.with_features(discriminator),
    }


def ctgan(build, num_classes, arguments):
    """Both networks, the discriminator for packs of rows with their conditions."""
    packing = arguments.get(
        "packing", inspect.signature(models.CTGAN).parameters["packing"].default
    )
    return {
        "generator": build("generator", conditions=True),
        "discriminator": build("discriminator", packing=packing, conditions=True),
    }


def doppelganger(build, num_classes, arguments):
    """Both networks, and an auxiliary discriminator of the limits of series."""
    generator = build("generator", num_classes=num_classes)
    shape = tuple(generator.outputs[0].shape[1:])
    return {
        "generator": generator,
        "discriminator": build("discriminator", num_classes=num_classes),
        "auxiliary": doppelganger_networks.auxiliary(shape, num_classes=num_classes),
    }


def sequence_gan(build, num_classes, arguments):
    """Both networks, which see the labels if there are classes."""
    roles = ("generator", "discriminator")
    return {role: build(role, num_classes=num_classes) for role in roles}


def mocogan(build, num_classes, arguments):
    """Both networks, and a discriminator of frames as wide as that of clips."""
    discriminator = build("discriminator", num_classes=num_classes)
    return {
        "generator": build("generator", num_classes=num_classes),
        "discriminator": discriminator,
        "frame_discriminator": video.frame_discriminator(discriminator, num_classes=num_classes),
    }


def pix2pix(build, num_classes, arguments):
    """A translator and its discriminator."""
    return {"generator": build("generator"), "discriminator": build("discriminator")}


def cyclegan(build, num_classes, arguments):
    """Two of each, the second the other way round."""
    return {
        **pix2pix(build, num_classes, arguments),
        "backward_generator": build("generator", backward=True),
        "input_discriminator": build("discriminator", backward=True),
    }


def cut(build, num_classes, arguments):
    """A translator, its discriminator, and a head for the translator's features."""
    networks = pix2pix(build, num_classes, arguments)
    return {**networks, "head": models.cut.make_head(networks["generator"])}


NETWORKS = {
    "cut": cut,
    "cyclegan": cyclegan,
    "pix2pix": pix2pix,
    "gan": pair,
    "acgan": acgan,
    "infogan": infogan,
    "ssgan": ssgan,
    "began": began,
    "bigan": bigan,
    "ctgan": ctgan,
    "doppelganger": doppelganger,
    "mocogan": mocogan,
    "sequence_gan": sequence_gan,
    "adversarial_autoencoder": adversarial_autoencoder,
    "vae_gan": vae_gan,
}
