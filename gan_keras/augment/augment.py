"""What an augmentation is: a random change of images that gradients pass."""

import keras


class Augment(keras.layers.Layer):
    """Base of the augmentations: abstract; every subclass is final.

    The model sends real and fake images alike through it on their way to the discriminator, in
    both players' turns, so the generator is not taught to draw augmented images (as long as the
    change can be told apart from the data) and its gradient comes back through the change.

    A subclass has `call(images, random)`: float32 images (batch, h, w, c) in [-1, 1] to the same
    shape, with random numbers from `random`, a `RandomStream`, alone. It uses no image operation
    without a gradient under XLA.
    """

    def __init__(self, **arguments):
        super().__init__(**{"dtype": "float32", **arguments})
        self.built = True

    def __call__(self, images, random):
        """`call`; Keras lets only tensors be handed over by position, so `random` goes by name."""
        return super().__call__(images, random=random)

    def call(self, images, random):
        """Changed images of the same shape."""
        raise NotImplementedError(f"{type(self).__name__} has no `call` method.")

    def observe(self, real_margins, num_images):
        """Told what became of the augmented real images once in each discriminator update.

        Args:
            real_margins: float32 tensor, this replica's: the real logits, less what the loss holds
                against them, such as the fake logit beside each; see `Loss.real_margins`.
            num_images: int32 scalar, of how many images: more than logits where they are packed.
        """

    def color_only(self):
        """Names of those of its changes that need colour images: a list."""
        return []

    def join(self, kind):
        """Told what samples are, at a model's construction; refuses those it isn't for.

        Args:
            kind: the `kinds.Kind` of the model's samples. Defaults to images being expected.

        Raises:
            ValueError: it does not suit such samples.
        """
        self.check(kind.shape)

    def check(self, image_shape):
        """Refuses what is no image, and colour changes of images without three channels.

        Args:
            image_shape: tuple (height, width, channels); a model asks at its construction.

        Raises:
            ValueError: it does not suit such samples.
        """
        if len(image_shape) != 3:
            raise ValueError(
                "Augmentation is for images (height, width, channels). Received samples of shape: "
                f"{tuple(image_shape)}. Leave `augment` out."
            )
        if self.color_only() and image_shape[-1] != 3:
            raise ValueError(
                f"{', '.join(repr(name) for name in self.color_only())} needs colour images of 3 "
                f"channels. Received images of {image_shape[-1]}. Leave it out."
            )
