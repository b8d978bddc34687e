"""One page, as Markdown and as HTML: headings, paragraphs, lists, tables, commands, pictures."""

import dataclasses
import html
import re
import urllib.parse

STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:52em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse}td,th{padding:.2em .8em;border-bottom:1px solid #ccc;"
    "text-align:right}td:first-child,th:first-child{text-align:left}"
)
SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#])")


@dataclasses.dataclass(frozen=True)
class Page:
    """What a page says; nothing in it is markup, whatever a file was called.

    Args:
        title: str.
        parts: tuples ("heading", text), ("paragraph", text), ("list", texts), ("table", head,
            rows), ("code", lines) of texts, or ("picture", text, path), with a path relative to
            the page.
    """

    title: str
    parts: tuple

    def markdown(self):
        """The page as Markdown."""
        lines = [f"# {_escaped(self.title)}", ""]
        for kind, *content in self.parts:
            lines += [*_MARKDOWN[kind](*content), ""]
        return "\n".join(lines)

    def html(self):
        """The page as one HTML file that loads nothing."""
        title = html.escape(self.title)
        parts = "\n".join(_HTML[kind](*content) for kind, *content in self.parts)
        return (
            f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
            f"{parts}\n</body>\n</html>\n"
        )


def _escaped(text):
    return SPECIAL.sub(r"\\\1", " ".join(str(text).split()))


def _row(cells):
    return "| " + " | ".join(map(_escaped, cells)) + " |"


def _html_row(cells, tag):
    return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"


def _fenced(lines):
    """A block of code, in a fence that none of its lines can close."""
    text = "\n".join(" ".join(str(line).split("\n")) for line in lines)
    longest = max((len(found) for found in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}text", text, fence]


def _link(path):
    """A path as an address in which nothing is markup."""
    return urllib.parse.quote(str(path).encode("utf-8", "replace"))


_MARKDOWN = {
    "code": _fenced,
    "picture": lambda text, path: [f"![{_escaped(text)}]({_link(path)})"],
    "heading": lambda text: [f"## {_escaped(text)}"],
    "paragraph": lambda text: [_escaped(text)],
    "list": lambda texts: [f"- {_escaped(text)}" for text in texts],
    "table": lambda head, rows: [
        _row(head),
        "| " + " | ".join(["---"] + ["---:"] * (len(head) - 1)) + " |",
        *map(_row, rows),
    ],
}
_HTML = {
    "code": lambda lines: f"<pre>{html.escape(chr(10).join(map(str, lines)))}</pre>",
    "picture": lambda text, path: f'<img src="{_link(path)}" alt="{html.escape(text)}">',
    "heading": lambda text: f"<h2>{html.escape(text)}</h2>",
    "paragraph": lambda text: f"<p>{html.escape(text)}</p>",
    "list": lambda texts: (
        "<ul>\n" + "\n".join(f"<li>{html.escape(text)}</li>" for text in texts) + "\n</ul>"
    ),
    "table": lambda head, rows: "\n".join(
        ["<table>", _html_row(head, "th"), *(_html_row(row, "td") for row in rows), "</table>"]
    ),
}
