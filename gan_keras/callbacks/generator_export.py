"""The generator alone, in a file that anyone can load."""

from pathlib import Path

import keras

from gan_keras import files
from gan_keras.exporting.plain import plain


class GeneratorExport(keras.callbacks.Callback):
    """Saves the generator, averaged if the model keeps an average, as a `.keras` file.

    Of a model with several, each further one goes beside it: CycleGAN's backward_generator.keras.

    What it saves is a Keras model: latents (and labels), or a translator's input, in, images in
    [-1, 1] out, in inference. It is of Keras's own layers, and opens without gan_keras, for most
    networks; loading `stylegan2`, or another with layers of ours that Keras has no counterpart to,
    wants `import gan_keras`.

    Args:
        path: the file; its name ends in .keras.
        every_num_epochs: how often, besides the end of training. Defaults to 1.

    Raises:
        ValueError: the name has another ending.
    """

    def __init__(self, path, *, every_num_epochs=1):
        super().__init__()
        if not str(path).endswith(".keras"):
            raise ValueError(f"`path` must end in .keras. Received: '{path}'")
        self.path = path
        self.every_num_epochs = every_num_epochs
        self._saved_step = None

    def on_epoch_end(self, epoch, logs=None):
        """Saves, if it is time."""
        if (epoch + 1) % self.every_num_epochs == 0:
            self.save()

    def on_train_end(self, logs=None):
        """Saves the final state."""
        if self._saved_step != self.model.steps_done:
            self.save()

    def save(self):
        """Writes the file, whole or not at all."""
        for name, network in self.model.served().items():
            path = Path(self.path)
            if name != "generator":
                stem = name if path.stem == "generator" else f"{path.stem}_{name}"
                path = path.with_stem(stem)
            with files.replacing(path) as temporary:
                plain(network).save(temporary)
        self._saved_step = self.model.steps_done
