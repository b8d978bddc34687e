"""What `gan-keras evaluate` does with videos: read, draw, score."""

from gan_keras import data, kinds
from gan_keras.data import videos
from gan_keras.metrics import features
from gan_keras.metrics.videos import evaluate_videos
from gan_keras.metrics.videos.evaluate import MOST, check_names
from gan_keras.running.side_scores import SideScores


class VideoScores(SideScores):
    """Fake clips, and the real ones that they are scored against; see `SideScores`.

    Args:
        samples, against, held_out, arguments: as of `SideScores`.
        extractor: of features of frames; see `metrics.features`. Defaults to None: what was made
            for the real ones, else "pixels".
    """

    kind = kinds.Videos

    def __init__(self, samples, *, extractor=None, **arguments):
        super().__init__(samples, **arguments)
        self.extractor = extractor or features.cheap(self.real)

    def drawn(self, num, seed=0):
        """As of `SideScores`, at most 500: each has many frames."""
        return super().drawn(min(num, MOST), seed)

    def _scored(self, *sides, num, **arguments):
        arguments |= {"extractor": self.extractor, "own": self.real.own_scores}
        return evaluate_videos(*sides, num=min(num, MOST), **arguments)

    def _alike(self, path, split=None):
        """A source of other clips, brought to the form of the real ones."""
        if path in data.NAMES:
            return data.source(path, split=split or "train")
        num_frames, *size, channels = self.real.kind.shape
        return videos.videos(path, num_frames=num_frames, image_size=tuple(size), channels=channels)


def check(names):
    """Raises ValueError for a name that is no score of videos."""
    check_names(names)
