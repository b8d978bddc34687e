"""Makes gan_keras/data/fluent_emoji.npz from three npm packages of Microsoft's Fluent Emoji.

    pip install resvg-py
    npm pack @lobehub/fluent-emoji-3d@1.1.0 @iconify-json/fluent-emoji-flat@1.2.6 \
        @iconify-json/fluent-emoji-high-contrast@1.2.6
    python benchmarks/make_fluent_emoji.py

Kept are the symbols that all three hold, in the order of their code points. Each is brought to
64x64: the drawings by resvg, the renders from 256 pixels by Lanczos; then it is laid on white. A
sheet of each kind is kept as lossless WebP. The same packages and versions of resvg-py and Pillow
give the same file, byte by byte.

The symbols are divided by families, so that near-duplicates are never on both sides: what is alike
by its name (clocks, flags, hands, man and woman at the same work) or looks alike in any of its
three pictures. A family too large to be held out is all in training.
"""

import argparse
import hashlib
import io
import json
import pathlib
import re
import tarfile

import numpy as np
from PIL import Image

from gan_keras.data import fluent_emoji

FLAT = "iconify-json-fluent-emoji-flat-1.2.6.tgz"
LINE = "iconify-json-fluent-emoji-high-contrast-1.2.6.tgz"
RENDER = "lobehub-fluent-emoji-3d-1.1.0.tgz"

SIDE = fluent_emoji.SIDE
HELD_OUT = 157
LARGEST_HELD_OUT = 8  # symbols of one family
LOOKS_ALIKE = 12.0  # root mean square of 255, of pictures averaged to 16x16

# The first pattern that a name matches is its family; else the name itself is.
FAMILIES = {
    "clock": r".*-(oclock|thirty)",
    "moon": r"(new|waxing|waning|full|first|last|crescent)-.*moon.*|crescent-moon",
    "flag": r".*flags?",
    "keycap": r"keycap-.*|input-.*",
    "button": r".*-button(-blood-type)?|a(b)?-button.*|.*-button-.*|circled-m|information",
    "arrow": r".*arrow(s|-curving-(left|right|up|down))?",
    "zodiac": r"aries|taurus|gemini|cancer|leo|virgo|libra|scorpio|sagittarius|capricorn|aquarius"
    r"|pisces|ophiuchus",
    "sign": r"om|khanda|orthodox-cross|star-and-crescent|peace-symbol|yin-yang"
    r"|wheel-of-dharma|latin-cross|star-of-david|menorah|atom-symbol|place-of-worship"
    r"|dotted-six-pointed-star|.*-symbol|baby-symbol|restroom|(wo)?mens-room|water-closet",
    "heart": r"(\w+|light-blue)-heart|\w+-hearts"
    r"|heart-(suit|exclamation|decoration|on-fire|with-\w+)",
    "circle": r"\w+-circle|record-button",
    "square": r"\w+(-medium|-small|-large|-medium-small)?-square",
    "diamond": r"(large|small)-\w+-diamond",
    "triangle": r"red-triangle.*",
    "hand": r".*(-hand|-hands|-fist|finger.*|pointing.*|thumbs.*|-salute|palms?-(up|down).*)"
    r"|hand-.*|sign-of-the-horns|love-you-gesture|hamsa",
    "medal": r".*-(place|sports)?-?medal",
    "book": r"(\w+-)?books?|notebook.*|ledger",
    "banknote": r".*-banknote",
    "mailbox": r".*-mailbox-.*",
    "speaker": r".*-speaker|speaker-.*",
    "globe": r"globe-showing-.*",
    "mark": r".*-(exclamation|question)(-question)?-mark|(check|cross)-mark.*",
    "sun and cloud": r"sun-behind-.*|cloud-with-.*|cloud",
    "mobile phone": r".*mobile-phone.*|vibration-mode",
    "hourglass": r"hourglass-.*",
    "person": r"man|woman|person|boy|girl|child|baby|old(er)?-(man|woman|person)"
    r"|(man|woman|person)-(red|curly|white|blonde)-hair|(man|woman|person)-(bald|beard)",
    "wheelchair": r".*in-(motorized|manual)-wheelchair",
    "claus": r"(santa|mrs|mx)-?claus",
    "royal": r"prince(ss)?|person-with-crown",
    "expecting": r"pregnant-.*",
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path("."))
    parser.add_argument("--out", type=pathlib.Path, default=fluent_emoji.PATH)
    arguments = parser.parse_args()
    names, kinds = pictures(arguments.folder)
    families = families_of(names, kinds)
    parts = divided(names, families)
    packed = {kind: packed_sheet(images) for kind, images in kinds.items()}
    text = np.frombuffer("\n".join(names).encode(), "uint8")
    np.savez(arguments.out, **packed, names=text, families=families, parts=parts)
    print(f"{arguments.out}: {len(names)} symbols, {arguments.out.stat().st_size / 1e6:.2f} MB")
    print(f"{len(set(families))} families; symbols by part: {np.bincount(parts)}")
    for kind, images in kinds.items():
        tested, trained = distances(images)[parts == 2][:, parts < 2].min(axis=1), parts < 2
        within = distances(images)[trained][:, trained].min(axis=1)
        print(
            f"{kind}: from a test picture to the nearest of training at least {tested.min():.1f}, "
            f"median {np.median(tested):.1f}; within training {within.min():.1f}, "
            f"{np.median(within):.1f}"
        )


def pictures(folder):
    """Names in the order of code points, and uint8 (n, 64, 64, c) of each kind."""
    flat, line = icons(folder / FLAT), icons(folder / LINE)
    renders = {}
    with tarfile.open(folder / RENDER) as archive:
        for member in archive.getmembers():
            if member.name.endswith(".webp"):
                code = without_selectors(pathlib.PurePath(member.name).stem)
                renders.setdefault(code, archive.extractfile(member).read())
    codes = sorted(set(flat) & set(line) & set(renders))
    names = [flat[code][0] for code in codes]
    kinds = {
        "line": np.stack([drawn(line[code][1])[..., :1] for code in codes]),
        "flat": np.stack([drawn(flat[code][1]) for code in codes]),
        "render": np.stack([shrunk(renders[code]) for code in codes]),
    }
    return names, kinds


def icons(path):
    """By code: the name of a symbol and its drawing, a whole SVG."""
    with tarfile.open(path) as archive:
        codes = json.load(archive.extractfile("package/chars.json"))
        content = json.load(archive.extractfile("package/icons.json"))
    found = {}
    for code, name in codes.items():
        icon = content["icons"].get(name)
        if icon:
            # Four drawings are one unit too high, as are their renders: both are pressed.
            height = icon.get("height", content["height"])
            body = icon["body"].replace("currentColor", "#000")
            found[without_selectors(code)] = (
                name,
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {content["width"]} {height}"'
                f' width="{SIDE}" height="{SIDE}" preserveAspectRatio="none">{body}</svg>',
            )
    return found


def without_selectors(code):
    """A code without the marks that only ask for the colour picture of a symbol."""
    return "-".join(part for part in code.split("-") if part != "fe0f")


def drawn(svg):
    import resvg_py

    return on_white(Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg)))))


def shrunk(content):
    picture = Image.open(io.BytesIO(content)).convert("RGBA")
    return on_white(picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS))


def on_white(picture):
    white = Image.new("RGBA", picture.size, "white")
    return np.asarray(Image.alpha_composite(white, picture.convert("RGBA")).convert("RGB"))


def families_of(names, kinds):
    """Family numbers int16 (n,): alike by name, or to look at in any of the kinds, or by way of
    others."""
    alike = [family_name(name) for name in names]
    parents = [alike.index(family) for family in alike]

    def root(place):
        while parents[place] != place:
            place = parents[place]
        return place

    for images in kinds.values():
        for one, other in np.argwhere(np.triu(distances(images) < LOOKS_ALIKE, 1)):
            low, high = sorted((root(one), root(other)))
            parents[high] = low
    roots = [root(place) for place in range(len(names))]
    return np.unique(roots, return_inverse=True)[1].astype("int16")


def family_name(name):
    for family, pattern in FAMILIES.items():
        if re.fullmatch(pattern, name):
            return family
    name = re.sub(r"^(man|woman|person|people)-(in-|with-|getting-|playing-)?", "", name)
    name = re.sub(r"^woman-(police-officer|guard|detective|construction-worker)$", r"\1", name)
    return re.sub(r"^(in-|with-)", "", name)


def distances(images):
    """Of each picture to each, averaged to 16x16: float (n, n), infinite to itself."""
    fraction = SIDE // 16
    small = images.reshape(len(images), 16, fraction, 16, fraction, -1).mean((2, 4))
    small = small.reshape(len(images), -1)
    squares = (small**2).sum(axis=1)
    products = np.maximum(squares[:, None] + squares - 2 * small @ small.T, 0)
    found = np.sqrt(products / small.shape[1])
    np.fill_diagonal(found, np.inf)
    return found


def divided(names, families):
    """Parts uint8 (n,): 0 and 1 the halves of training, 2 held out; whole families each.

    Families come in the order of a hash of their first name: what is held out follows from the
    names alone.
    """
    members = [np.flatnonzero(families == family) for family in range(families.max() + 1)]
    members.sort(key=lambda own: hashlib.sha256(names[own[0]].encode()).digest())
    parts = np.zeros(len(names), "uint8")
    left, training = HELD_OUT, []
    for own in members:
        if len(own) <= min(left, LARGEST_HELD_OUT):
            parts[own] = 2
            left -= len(own)
        else:
            training.append(own)
    sizes = [0, 0]
    for own in sorted(training, key=len, reverse=True):
        half = int(sizes[1] < sizes[0])
        parts[own] = half
        sizes[half] += len(own)
    return parts


def packed_sheet(images):
    """The bytes of a lossless WebP of all pictures, `COLUMNS` to a row, as uint8."""
    columns = fluent_emoji.COLUMNS
    rows = -(-len(images) // columns)
    padded = np.full((rows * columns, *images.shape[1:]), 255, "uint8")
    padded[: len(images)] = images
    sheet = padded.reshape(rows, columns, SIDE, SIDE, -1).swapaxes(1, 2)
    sheet = sheet.reshape(rows * SIDE, columns * SIDE, -1)
    content = io.BytesIO()
    picture = Image.fromarray(sheet.repeat(3, axis=-1) if sheet.shape[-1] == 1 else sheet)
    picture.save(content, "WEBP", lossless=True, quality=100, method=6)
    return np.frombuffer(content.getvalue(), "uint8")


if __name__ == "__main__":
    main()
