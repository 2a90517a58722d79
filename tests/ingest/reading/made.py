"""Files as people have them, made by the tests: a page as a browser saves it, printed pages, a web archive."""

from __future__ import annotations

import io
from collections.abc import Sequence

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGE = """<!DOCTYPE html>
<!-- saved from url=(0052)https://tidewater.example/2024/05/harbor-lines.html -->
<html lang="en-US"><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>Harbor Lines hires a pilot - The Tidewater Post</title>
<script>var text = "<p>Nobody said this.</p>";</script><style>p {{ color: red }}</style>
{head}</head>
<body><div class="cookie-banner">We use cookies to improve your experience. <button>Accept all</button></div>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<header><h1>Harbor Lines hires a pilot</h1></header>
<main><article>
<p>“We will not sail without a crew,” Mara Quill, head of ferries at Harbor&nbsp;Lines, told the Post on Friday. The
union said it would strike if the company went ahead with its plan to run night ferries by machine.</p>
<h2>What the union wants</h2>
<p>The deckhands fear that <b>autopilots</b> will take <a href="/x">their jobs</a>. They ask for three things:</p>
<ul><li>a crew on every ferry,</li><li>training, and</li><li>a say in the choice of machines.</li></ul>
<blockquote><p>Nobody will sail.</p><p>Nobody at all, the café owner José Müller said.</p></blockquote>
<p>Advertisement</p>
<p>Harbor Lines pays its captains up to $90,000 a year, and it is looking for a night captain at $120,000, according to
a posting on its website. It did not answer<br>questions.</p></article></main>
<footer>© 2024 The Tidewater Post. All rights reserved.</footer></body></html>"""

LINKED = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "WebPage", "name": "A page", "datePublished": "2001-01-01"},
{"@type": "NewsArticle", "headline": "Harbor Lines hires a pilot", "datePublished": "2024-05-03T22:10:00-04:00",
"dateModified": "2024-05-04", "author": [{"@type": "Person", "name": "Jo Reed"}, {"@id": "#al"}],
"publisher": {"@id": "#post"}, "inLanguage": "en"},
{"@type": "Organization", "@id": "#post", "name": "The Tidewater Post"},
{"@type": "Person", "@id": "#al", "name": "Al Poe"}]}</script>"""

TAGS = """<meta property="og:title" content="Harbor Lines hires a pilot | The Tidewater Post">
<meta property="og:site_name" content="The Tidewater Post"><meta name="author" content="By Jo Reed and Al Poe">
<meta property="article:published_time" content="2024-05-03T22:10:00Z"><meta property="og:locale" content="en_US">
<meta property="og:url" content="https://tidewater.example/harbor-lines">"""


def page(head: str = "", charset: str = "utf-8") -> str:
    """A page of news with a menu, a banner and a foot, and what its head says of it."""
    return PAGE.format(head=head, charset=charset)


def pdf(pages: Sequence[Sequence[str]], title: str | None = None) -> bytes:
    """A PDF file with these lines on its pages, in Helvetica and windows-1252."""
    objects: list[bytes] = [b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    kids = []
    for lines in pages:
        shown = b"".join(b"(%b) Tj T*\n" % _escaped(line) for line in lines)
        stream = b"BT /F1 11 Tf 14 TL 60 760 Td\n" + shown + b"ET"
        objects.append(b"<</Length %d>>\nstream\n%b\nendstream" % (len(stream), stream))
        resources = b"/Resources<</Font<</F1 2 0 R>>>>/MediaBox[0 0 612 792]"
        objects.append(b"<</Type/Page/Parent 1 0 R/Contents %d 0 R%b>>" % (len(objects), resources))
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<</Type/Pages/Kids[%b]/Count %d>>" % (b" ".join(kids), len(kids))
    objects.append(b"<</Type/Catalog/Pages 1 0 R>>")
    trailer = b"/Root %d 0 R" % len(objects)
    if title is not None:
        objects.append(b"<</Title(%b)/Author(Jo Reed)>>" % _escaped(title))
        trailer += b"/Info %d 0 R" % len(objects)
    out, offsets = io.BytesIO(b"%PDF-1.7\n"), []
    out.seek(0, io.SEEK_END)
    for number, content in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer<</Size %d%b>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start))
    return out.getvalue()


def _escaped(line: str) -> bytes:
    data = line.encode("windows-1252")
    return data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


Response = tuple[str, str, bytes]


def warc(responses: Sequence[Response], packed: bool = True) -> bytes:
    """A web archive of answers, each an address, a media type and a body."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    about = writer.create_warcinfo_record("a.warc", {"software": "tests"})
    writer.write_record(about)
    about.raw_stream.close()
    for url, media_type, body in responses:
        headers = StatusAndHeaders("200 OK", [("Content-Type", media_type)], protocol="HTTP/1.1")
        record = writer.create_warc_record(url, "response", io.BytesIO(body), http_headers=headers)
        writer.write_record(record)
        record.raw_stream.close()
    return out.getvalue()
