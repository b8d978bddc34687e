"""Curves as SVG: numbers over epochs, one line a run, told apart by dashes as well as by colour."""

import math

from gan_keras.pages.markup import tag

WIDTH, HEIGHT = 460, 230
LEFT, RIGHT, TOP, BOTTOM = 58, 10, 10, 26
WIDE = 50  # a series whose largest value is so many times its smallest is drawn on a log scale
MOST_DOTS = 150  # of one line
NUM_LOOKS = 6  # page.css has so many colours and dashes


def chart(name, lines):
    """A chart with its name, as a `figure`.

    Args:
        name: of what is drawn.
        lines: list of (label, epochs, values, texts), one a run: two lists of numbers, of equal
            length above 0 in at least one of them, and each number as the file has it.

    Returns:
        Markup. Each dot tells its number to who hovers over it; a sentence tells a screen reader
        where each line begins and ends, and its extremes.
    """
    values = [value for _, _, ys, _ in lines for value in ys]
    epochs = [epoch for _, xs, _, _ in lines for epoch in xs]
    is_log = min(values) > 0 and max(values) > WIDE * min(values)
    ticks = log_ticks(min(values), max(values)) if is_log else round_ticks(min(values), max(values))
    of_scale = math.log10 if is_log else float
    low = min(of_scale(min(values)), of_scale(ticks[0]))
    high = max(of_scale(max(values)), of_scale(ticks[-1]))
    first, last = min(epochs), max(epochs)

    def across(epoch):
        share = (epoch - first) / (last - first) if last > first else 0.5
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def down(value):
        share = (of_scale(value) - low) / (high - low)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    marks = []
    for tick in ticks:
        y = down(tick)
        marks.append(tag("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, class_="rule"))
        marks.append(tag("text", short(tick), x=LEFT - 6, y=y + 4, text_anchor="end"))
    for tick in epoch_ticks(first, last):
        place = {"x": across(tick), "y": HEIGHT - 8, "text_anchor": "middle"}
        marks.append(tag("text", tick, **place))
    marks.append(tag("text", "epoch", x=LEFT - 10, y=HEIGHT - 8, text_anchor="end"))
    for number, (label, xs, ys, texts) in enumerate(lines):
        look = f"line look-{number % NUM_LOOKS}"
        points = [f"{across(x)},{down(y)}" for x, y in zip(xs, ys, strict=True)]
        if len(points) > 1:
            marks.append(tag("polyline", points=" ".join(points), class_=look))
        if len(points) <= MOST_DOTS:
            of_run = f"{label}, " if len(lines) > 1 else ""
            marks += [
                tag(
                    "circle",
                    tag("title", f"{of_run}epoch {x}: {text}"),
                    cx=across(x),
                    cy=down(y),
                    r=2.5,
                    class_=look,
                )
                for x, y, text in zip(xs, ys, texts, strict=True)
            ]
    picture = tag(
        "svg",
        *marks,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_label=f"{name} over epochs. " + " ".join(said(line, len(lines) > 1) for line in lines),
    )
    caption = tag("figcaption", tag("b", name), " (log scale)" if is_log else "")
    return tag("figure", caption, picture, class_="chart")


def said(line, is_named):
    """One line in a sentence."""
    label, epochs, values, texts = line
    who = f"{label}: " if is_named else ""
    if not values:
        return f"{who}no number."
    lowest, highest = (values.index(pick(values)) for pick in (min, max))
    return (
        f"{who}from {texts[0]} in epoch {epochs[0]} to {texts[-1]} in epoch {epochs[-1]}, lowest "
        f"{texts[lowest]} in epoch {epochs[lowest]}, highest {texts[highest]} in epoch "
        f"{epochs[highest]}."
    )


def round_ticks(low, high, num=5):
    """Some round numbers from `low` or below to `high` or above."""
    if low == high:
        low, high = low - (abs(low) / 2 or 1), high + (abs(high) / 2 or 1)
    rough = (high - low) / num
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [place * step for place in range(first, last + 1)]


def log_ticks(low, high):
    """Powers of ten from `low` or below to `high` or above, at most seven of them."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    step = max(1, math.ceil((last - first) / 6))
    return [10.0**power for power in range(first, last + step, step)]


def epoch_ticks(first, last):
    """Some epochs from `first` to `last`, whole ones."""
    step = max(1, int(round_ticks(0, max(last - first, 1))[1]))
    return list(range(first, last + 1, step))


def short(value):
    """A round number in few signs."""
    return f"{value:.6g}".replace("e+0", "e").replace("e-0", "e-")
