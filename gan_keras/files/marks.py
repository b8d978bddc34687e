"""What a file says of its own making: generated, by which run, at which step, with which seed.

The mark is an XMP packet, which image editors, search engines and exiftool read. A PNG carries it
in an iTXt chunk, a GIF says it in a comment; a file that can't (a table) has it beside it, in a
sidecar of its name and ".xmp".
Whoever wants to can strip it: it is a note for the honest, not a seal.
"""

import dataclasses
from pathlib import Path
from xml.etree import ElementTree
from xml.sax import saxutils

from PIL import Image, PngImagePlugin

from gan_keras.files import whole
from gan_keras.version import __version__

CHUNK = "XML:com.adobe.xmp"  # the keyword that XMP, part 3, section 1.1.5 gives the chunk
SIDECAR = ".xmp"
CODES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
GENERATED, COMPOSITE = "trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia"
IPTC = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
XMP = "http://ns.adobe.com/xap/1.0/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
OURS = "https://gan-keras.invalid/mark/1.0/"  # a name of a vocabulary, which leads nowhere
PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}">'
    f'<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="{IPTC}" xmlns:xmp="{XMP}" '
    f'xmlns:gan_keras="{OURS}" {{}}/></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Mark:
    """Who made a file.

    Source: IPTC, Digital Source Type NewsCodes, `trainedAlgorithmicMedia`; XMP specification.

    Args:
        run: name of the run's folder, without the path to it.
        step: training step of the weights.
        seed: of the latents; None where there was none, or nobody knows it.
        is_composite: whether real samples are in it, too. Defaults to False.
        version: of gan_keras.

    Example:
        >>> mark = Mark(run="ring-1", step=500, seed=3)
        >>> Mark.from_xmp(mark.xmp()) == mark
        True
    """

    run: str
    step: int
    seed: int | None
    is_composite: bool = False
    version: str = __version__

    def xmp(self):
        """The packet, as text."""
        fields = {
            "Iptc4xmpExt:DigitalSourceType": self._source_type(),
            "xmp:CreatorTool": f"gan_keras {self.version}",
            "gan_keras:run": "".join(map(_legal, self.run)),
            "gan_keras:step": str(self.step),
        }
        if self.seed is not None:
            fields["gan_keras:seed"] = str(self.seed)
        return PACKET.format(
            " ".join(f"{name}={saxutils.quoteattr(text)}" for name, text in fields.items())
        )

    @classmethod
    def from_xmp(cls, text):
        """The mark in a packet; None if it holds none of ours."""
        try:
            root = ElementTree.fromstring(text.lstrip("\ufeff"))
        except ElementTree.ParseError:
            return None
        described = root.find(f".//{{{RDF}}}Description")
        found = {} if described is None else described.attrib
        try:
            seed = found.get(f"{{{OURS}}}seed")
            return cls(
                run=found[f"{{{OURS}}}run"],
                step=int(found[f"{{{OURS}}}step"]),
                seed=None if seed is None else int(seed),
                is_composite=found[f"{{{IPTC}}}DigitalSourceType"] == CODES + COMPOSITE,
                version=found[f"{{{XMP}}}CreatorTool"].removeprefix("gan_keras "),
            )
        except (KeyError, ValueError):
            return None

    def line(self):
        """The mark in words, for formats that hold a comment."""
        seed = "" if self.seed is None else f", seed {self.seed}"
        maker = f"gan_keras {self.version}, run {self.run}, step {self.step}{seed}"
        return f"{self._source_type()}: {maker}"

    def _source_type(self):
        return CODES + (COMPOSITE if self.is_composite else GENERATED)


def in_png(mark):
    """What `PIL.Image.save` takes as `pnginfo`; None for no mark."""
    if mark is None:
        return None
    chunks = PngImagePlugin.PngInfo()
    chunks.add_itxt(CHUNK, mark.xmp())
    return chunks


def write_beside(path, mark):
    """Writes the sidecar of a file that holds no mark itself."""
    whole.write_text(_sidecar(path), mark.xmp())


def read(path):
    """The `Mark` of a PNG, or of a file with a sidecar; None if it has none.

    Args:
        path: of a file that is there.

    Raises:
        OSError: it can't be read.
    """
    path = Path(path)
    if path.suffix.lower() == ".png":
        with Image.open(path) as picture:
            text = picture.info.get(CHUNK)
    else:
        beside = _sidecar(path)
        text = beside.read_text(encoding="utf-8") if beside.is_file() else None
    return text and Mark.from_xmp(text)


def _sidecar(path):
    return path.with_name(path.name + SIDECAR)


def _legal(sign):
    """A sign that XML can hold, or a question mark for one that a path has and XML forbids."""
    is_legal = sign in "\t\n\r" or "\x20" <= sign <= "\ud7ff" or sign >= "\ue000"
    return sign if is_legal and sign not in "\ufffe\uffff" else "?"
