"""Links of a built site: each leads to a place in a file; nothing is fetched from elsewhere."""

import html.parser
import posixpath
from urllib.parse import unquote, urlsplit

FETCHED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
QUIET = ("canonical", "next", "prev", "alternate")  # links that no browser fetches


class Page(html.parser.HTMLParser):
    """What one file names.

    Attributes:
        ids: of its elements.
        links: addresses that a reader may follow.
        fetched: addresses that a browser asks for.
    """

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.fetched = {"", "top", "__tabbed_1"}, [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """As in `HTMLParser`."""
        given = dict(attrs)
        if given.get("id"):
            self.ids.add(given["id"])
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        address = given.get(FETCHED.get(tag, ""))
        if address and given.get("rel") not in QUIET:
            self.fetched.append(address)


def broken(site):
    """A line for each link that leads nowhere and each thing fetched from elsewhere.

    Args:
        site: `pathlib.Path` of a folder of HTML.
    """
    pages = {
        path.relative_to(site).as_posix(): Page(path.read_text("utf-8"))
        for path in sorted(site.rglob("*.html"))
    }
    found = [] if pages else [f"{site} holds no page."]
    for name, page in pages.items():
        if name == "404.html":  # whose links begin at the root of a server
            continue
        for address in page.fetched:
            if urlsplit(address).scheme not in ("", "data"):
                found.append(f"{name} fetches {address}")
        for address in page.links + page.fetched:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = posixpath.normpath(
                posixpath.join(posixpath.dirname(name), unquote(parts.path))
            )
            target = name if not parts.path else target
            if (site / target).is_dir():
                target = posixpath.normpath(posixpath.join(target, "index.html"))
            if not (site / target).is_file():
                found.append(f"{name}: {address} leads nowhere")
            elif target in pages and unquote(parts.fragment) not in pages[target].ids:
                found.append(f"{name}: {address} leads to no such place")
    return found
