"""Notes come out of their files unchanged, and what cannot be read is refused with a clear error."""

import io
import subprocess
import sys
import zipfile
from email.message import EmailMessage
from hashlib import sha256

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import CoachError, InvalidInput, TooLarge, UnsupportedFormat
from coach.text.conversation import speakers, turns
from coach.text.documents import FORMATS, MAX_BYTES, MAX_CHARS, read_document

TEXT = "Itzel Marroquín signed – „gut“.\r\n\r\nשלום 🎉 they want 5 %\n"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (TEXT.encode(), TEXT),
        (b"\xef\xbb\xbf" + TEXT.encode(), TEXT),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), TEXT),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT),
        ("Frau Müller – “gut”, 5 €".encode("cp1252"), "Frau Müller – “gut”, 5 €"),
        (("(" * 20_000).encode(), "(" * 20_000),
    ],
)
def test_plain_text_is_decoded_and_kept(raw: bytes, text: str) -> None:
    document = read_document(raw, "note.txt")
    assert (text, "txt", sha256(raw).hexdigest(), 0) == (
        document.text,
        document.format,
        document.sha256,
        document.attachments,
    )


@pytest.mark.parametrize(("name", "kind"), [("-", "txt"), ("NOTE.TXT", "txt"), ("a/b.md", "md"), ("note", "txt")])
def test_a_name_tells_the_format(name: str, kind: str) -> None:
    text = "---\nstage: x\n---\n# Call\nShe signed."
    document = read_document(text.encode(), name)
    assert (text, kind) == (document.text, document.format)
    assert kind in FORMATS


@pytest.mark.parametrize(
    ("raw", "name", "error"),
    [
        (b"", "a.txt", InvalidInput),
        (b" \n\t\xc2\xa0", "a.txt", InvalidInput),
        (b"\xef\xbb\xbf", "a.txt", InvalidInput),
        (b"she\x00signed", "a.txt", InvalidInput),
        (b"\xff\xfes\x00\x00\x00", "a.txt", InvalidInput),
        (bytes(range(256)) * 4, "a.txt", InvalidInput),
        (b"she \x07 signed", "a.txt", InvalidInput),
        ("Müller ".encode() + "Müller".encode("cp1252"), "a.txt", InvalidInput),
        ("Позвонил директору".encode("cp1251"), "a.txt", InvalidInput),
        (b"\xff\xfe\x00\xd8", "a.txt", InvalidInput),
        (b"%PDF-1.7 ...", "a.txt", UnsupportedFormat),
        (b"PK\x03\x04...", "a.txt", UnsupportedFormat),
        (b"{\\rtf1 x}", "a.md", UnsupportedFormat),
        (b"x", "a.pdf", UnsupportedFormat),
        (b"x", "a.doc", UnsupportedFormat),
        (b"a" * (MAX_BYTES + 1), "a.txt", TooLarge),
        (b"a" * (MAX_CHARS + 1), "a.txt", TooLarge),
        (b"no mail", "a.eml", InvalidInput),
        (b"Subject: x\n\n  ", "a.eml", InvalidInput),
        (b"no docx", "a.docx", InvalidInput),
        (b"PK\x03\x04 broken", "a.docx", InvalidInput),
        (b"no captions", "a.vtt", InvalidInput),
        (b"no captions", "a.srt", InvalidInput),
        (b"WEBVTT\n\n", "a.vtt", InvalidInput),
    ],
)
def test_what_cannot_be_read_is_refused(raw: bytes, name: str, error: type[CoachError]) -> None:
    with pytest.raises(error) as refused:
        read_document(raw, name)
    assert type(refused.value) is error
    assert "signed" not in refused.value.detail


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.eml", "a.docx", "a.vtt", "a.srt", "-"]))
def test_any_bytes_give_a_text_or_a_clear_error(raw: bytes, name: str) -> None:
    try:
        read = read_document(raw, name).text
    except InvalidInput as refused:
        read = refused.detail
    assert read.strip()
    assert "\x00" not in read


def mail(**parts: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "priya@example.com", "Re: redlines – Grüße"
    if "plain" in parts:
        message.set_content(parts["plain"])
    if "html" in parts:
        add = message.add_alternative if "plain" in parts else message.set_content
        add(parts["html"], subtype="html")
    return message


def test_a_mail_is_its_subject_and_plain_body_with_the_quoted_tail() -> None:
    message = mail(plain="Signed — see below.\n\n> On Tuesday you wrote:\n> please sign\n", html="<p>other</p>")
    message.add_attachment(b"\x00\x01", maintype="application", subtype="pdf", filename="x.pdf")
    document = read_document(message.as_bytes(), "mail.eml")
    assert (
        "Subject: Re: redlines – Grüße\n\nSigned — see below.\n\n> On Tuesday you wrote:\n> please sign\n",
        "eml",
        1,
    ) == (document.text, document.format, document.attachments)


def test_a_mail_in_html_alone_is_turned_into_text() -> None:
    html = (
        "<html><head><style>p {x}</style></head><body><p>Counsel&nbsp;sent <b>redlines</b> &amp; left<br>Tuesday"
        "<!-- no --></p><script>x()</script><ul><li>price<li>term</ul><table><tr><td>a</td><td>b</td></tr></table>"
        "1 < 2</body></html>"
    )
    assert (
        "Subject: Re: redlines – Grüße\n\nCounsel sent redlines & left\nTuesday\n\n- price\n- term\n\na b\n\n1 < 2"
        == read_document(mail(html=html).as_bytes(), "m.eml").text
    )


def test_a_mail_that_names_a_wrong_charset_is_still_read() -> None:
    raw = b"From: a@b.c\nContent-Type: text/plain; charset=nonsense\n\nM\xfcller signed"
    assert "Müller signed" == read_document(raw, "m.eml").text


@pytest.mark.parametrize(
    "header",
    [
        "Content-Type: text/plain; charset=utf-8; ch" + '{"a":' * 100_000,
        'Content-Type: text/plain; charset="utf-8"; a=' + '("' * 100_000,
        "Content-Disposition: inline; " + "a;" * 100_000,
    ],
)
def test_a_header_is_read_as_far_as_headers_go(header: str) -> None:
    """The standard parser takes the square of its length: the first of these would take it hours."""
    raw = f"From: a@b.c\n{header}\n\nDana signed".encode()
    assert "Dana signed" == read_document(raw, "m.eml").text


def test_a_mail_of_more_parts_than_anybody_attaches_is_refused() -> None:
    part = "--b\nContent-Type: text/plain\n\nhi\n"
    head = "From: a@b.c\nContent-Type: multipart/mixed; boundary=b\n\n"
    assert "hi" in read_document(f"{head}{part * 50}--b--\n".encode(), "m.eml").text
    with pytest.raises(InvalidInput, match="more parts"):
        read_document(f"{head}{part * 5000}--b--\n".encode(), "m.eml")


@pytest.mark.parametrize("junk", ["<" * 50_000, "<a " * 30_000, "<!--" * 30_000, "<script>" * 20_000, "&" * 50_000])
def test_hostile_markup_is_read_in_one_pass(junk: str) -> None:
    assert "signed" in read_document(mail(html=f"<p>signed</p>{junk}").as_bytes(), "m.eml").text


def word() -> bytes:
    document = docx.Document()
    document.add_heading("Minutes", 1)
    document.add_paragraph("Priya signed 🎉")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ["who", "what", "Priya", "redlines"], strict=True):
        cell.text = words
    document.add_paragraph("Next: PO\tFriday")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rezipped(raw: bytes, **changes: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            key = member.filename.replace("/", "_").replace(".", "_")
            new.writestr(member.filename, changes.pop(key, None) or old.read(member))
        for key, content in changes.items():
            new.writestr(key, content)
    return out.getvalue()


def test_a_word_document_is_read_in_order() -> None:
    document = read_document(word(), "minutes.docx")
    expected = "Minutes\nPriya signed 🎉\nwho | what\nPriya | redlines\nNext: PO\tFriday"
    assert (expected, "docx") == (document.text, document.format)


def test_deleted_text_and_nested_tables_of_a_word_document() -> None:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = (
        f"<w:document {w}><w:body><w:p><w:r><w:t>She </w:t></w:r><w:del><w:r><w:delText>not </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>signed</w:t></w:r></w:ins></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='999999999'/>"
        "</w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr>"
        "</w:tbl></w:tc></w:tr></w:tbl></w:body></w:document>"
    )
    assert "She signed\na b" == read_document(rezipped(word(), word_document_xml=body.encode()), "a.docx").text


@pytest.mark.parametrize(
    ("part", "error"),
    [
        (b"not xml", InvalidInput),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>', InvalidInput),
        (b"<w:document/>", InvalidInput),
        (b" " * 40_000_000, TooLarge),
    ],
)
def test_a_hostile_word_document_is_refused(part: bytes, error: type[CoachError]) -> None:
    with pytest.raises(error) as refused:
        read_document(rezipped(word(), word_document_xml=part), "a.docx")
    assert type(refused.value) is error


def test_a_zip_that_is_no_word_document_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(InvalidInput):
        read_document(out.getvalue(), "a.docx")


def test_captions_become_a_line_for_each_turn() -> None:
    vtt = (
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n<v Ann Lee>Hi &amp; welcome,\n\n00:00:02.000 --> 00:00:03.000\n"
        "<v Ann Lee>who <b>signs</b>?</v>\n\n00:00:03.000 --> 00:00:04.000\n<v Bob>I do.\n<v Ann Lee>Good.\n"
    )
    document = read_document(vtt.encode(), "call.vtt")
    assert ("Ann Lee: Hi & welcome, who signs?\nBob: I do.\nAnn Lee: Good.", "vtt") == (document.text, document.format)


def test_subtitles_without_voices_keep_their_sentences_whole() -> None:
    srt = (
        "1\r\n00:00:01,000 --> 00:00:02,000\r\nWe want it\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\nby June.\r\n\r\n"
        "3\r\n00:00:03,000 --> 00:00:04,000\r\nBob: Fine.\r\n"
    )
    document = read_document(srt.encode(), "call.srt")
    assert ("We want it by June.\nBob: Fine.", "srt") == (document.text, document.format)


def test_names_that_captions_begin_with_are_voices_where_two_speak_by_turns() -> None:
    cues = ["Ann: Who", "signs?", "Bob: I do", "Ann: And", "when: next week?", "Bob: In May."]
    srt = "".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{words}\n\n" for n, words in enumerate(cues, start=1))
    # "when:" stands once: it is a word.
    said = "Ann: Who signs?\nBob: I do\nAnn: And when: next week?\nBob: In May."
    assert said == read_document(srt.encode(), "a.srt").text
    alone = "".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\nPlan: {n}\n\n" for n in range(1, 4))
    assert "Plan: 1 Plan: 2 Plan: 3" == read_document(alone.encode(), "a.srt").text


@pytest.mark.parametrize(
    ("cues", "text"),
    [
        (
            ["Ann: Who", "signs?", "Sam Price: I can ask.", "Bob: Me.", "Note: later.", "Ann: Go.", "Bob: I will"],
            "Ann: Who signs?\nSam Price: I can ask.\nBob: Me. Note: later.\nAnn: Go.\nBob: I will",
        ),
        (["Ann: Who", "Kim: Me", "Lou: And me", "Ann: Go"], "Ann: Who\nKim: Me\nLou: And me\nAnn: Go"),
    ],
)
def test_beside_voices_that_recur_a_persons_name_that_stands_once_is_one(cues: list[str], text: str) -> None:
    srt = "".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{words}\n\n" for n, words in enumerate(cues, start=1))
    assert text == read_document(srt.encode(), "a.srt").text


def test_a_voice_that_speaks_once_keeps_its_turn_as_text() -> None:
    cues = ("Ann Lee>Who helps?", "Sam Price>I can help with the form.", "Ann Lee>Good.", "Bo>I sign.", "Bo>In May.")
    vtt = "WEBVTT\n\n" + "".join(f"00:0{n}.000 --> 00:0{n}.900\n<v {cue}\n\n" for n, cue in enumerate(cues, start=1))
    text = read_document(vtt.encode(), "a.vtt").text
    assert ("Ann Lee", "Sam Price", "Bo") == speakers(turns(text))


def test_reading_plain_text_loads_no_library_of_another_format() -> None:
    code = (
        "import sys; from coach.text.documents import read_document; read_document(b'She signed.', '-'); "
        "print([name for name in ('docx', 'webvtt', 'lxml') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[]" == done.stdout.strip()
