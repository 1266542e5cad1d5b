"""A packet from a file: what is read, and that an error names the place and never what stands there."""

from __future__ import annotations

import json
from typing import Any

import pytest

from coach.domain import Competency, RepPacket
from coach.errors import InvalidInput, TooLarge, UnsupportedFormat
from coach.service.packet_file import read_packet
from coach.text.documents import MAX_BYTES

CANARY = "quinceblossom"
CONTENT: dict[str, Any] = {
    "rep": "Ilse Brandt",
    "tenure": "5 years",
    "self_assessment": {"ratings": {"prospecting": 4, "value_case": 1}, "text": "Fine 🎉."},
    "manager_observation": "We agreed on ten calls.\nThere were none.",
    "results": {"quota_attainment_pct": 71, "rank": "3rd", "lost": None},
    "deal_notes": ["Signed.", "Lost."],
    "ride_along": None,
}
PACKET = RepPacket.model_validate(CONTENT)
JSON = json.dumps(CONTENT).encode()
YAML = """\
rep: Ilse Brandt
tenure: 5 years
self_assessment:
  ratings: {prospecting: 4, value_case: 1}
  text: Fine 🎉.
manager_observation: |-
  We agreed on ten calls.
  There were none.
results:
  quota_attainment_pct: 71
  rank: 3rd
  lost:
deal_notes:
  - Signed.
  - Lost.
ride_along: null
""".encode()
BOM = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (JSON, "packet.json"),
        (JSON, "PACKET.JSON"),
        (b" \n" + JSON, "standard input"),
        (BOM + JSON, "packet.json"),
        (BOM + JSON, "standard input"),
        (json.dumps(CONTENT, ensure_ascii=False).encode(), "packet.yaml"),
        (YAML, "packet.yaml"),
        (YAML, "packet.yml"),
        (YAML, "standard input"),
        (BOM + YAML, "packet.yaml"),
        (YAML.replace(b"\n", b"\r\n"), "packet.yaml"),
    ],
)
def test_a_packet_is_read_from_json_and_from_yaml(raw: bytes, name: str) -> None:
    assert PACKET == read_packet(raw, name)


def test_the_least_packet_is_a_name() -> None:
    assert RepPacket(rep="Ilse") == read_packet(b"rep: Ilse", "packet.yaml")
    assert (
        Competency.DISCOVERY
        in read_packet(b"rep: x\nself_assessment: {ratings: {discovery: 5}}", "-").self_assessment.ratings
    )


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ({"rep": [CANARY]}, "at rep: "),
        ({}, "at rep: Field required"),
        ({"rep": CANARY * 20}, "at rep: String should have at most 200"),
        ({"self_assessment": CANARY}, "at self_assessment: "),
        ({"self_assessment": {"ratings": {"prospecting": 0}}}, "at self_assessment.ratings.prospecting: "),
        ({"self_assessment": {"ratings": {"prospecting": 6}}}, "at self_assessment.ratings.prospecting: "),
        ({"self_assessment": {"ratings": {"prospecting": 3.5}}}, "at self_assessment.ratings.prospecting: "),
        ({"self_assessment": {"ratings": {"prospecting": CANARY}}}, "at self_assessment.ratings.prospecting: "),
        ({"self_assessment": {"ratings": {"zeal": 3}}}, "at self_assessment.ratings.zeal: "),
        ({"self_assessment": {"ratings": {f"Dana said {CANARY}": 3}}}, "at self_assessment.ratings.(unnamed): "),
        ({"deal_notes": CANARY}, "at deal_notes: "),
        ({"deal_notes": ["fine", {CANARY: 1}]}, "at deal_notes.1: "),
        ({"ride_along": {"text": CANARY}}, "at ride_along: "),
        ({"results": {"quota": [CANARY]}}, "at results.quota."),
        ({"observation": CANARY}, "at observation: Extra inputs are not permitted"),
        ({f"Dana said {CANARY}": 1}, "at (unnamed): Extra inputs are not permitted"),
        ({f"{CANARY}é{CANARY}": 1}, "at (unnamed): Extra inputs are not permitted"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("name", ["packet.json", "packet.yaml"])
def test_what_does_not_fit_is_refused_by_its_place(content: dict[str, Any], place: str, name: str) -> None:
    given = content if not content or "rep" in content else {"rep": "Ilse", **content}
    with pytest.raises(InvalidInput) as refused:
        read_packet(json.dumps(given).encode(), name)
    assert refused.value.detail.startswith(f"the packet: {place}")
    assert CANARY not in refused.value.detail


@pytest.mark.parametrize(
    ("raw", "name", "problem"),
    [
        (b"", "a.json", "the packet is not valid JSON: line 1, column 1"),
        (b"", "a.yaml", "the packet must be one object"),
        (b"\n# nothing\n", "a.yaml", "the packet must be one object"),
        (b'["quinceblossom"]', "a.json", "the packet must be one object"),
        (b"- quinceblossom\n", "a.yaml", "the packet must be one object"),
        (b"quinceblossom", "standard input", "the packet must be one object"),
        (b'{"rep": "quinceblossom",\n quinceblossom}', "a.json", "the packet is not valid JSON: line 2, column 2"),
        (b"rep: quinceblossom\n quinceblossom: [", "a.yaml", "the packet is not valid YAML: line 2, column "),
        (b"rep: quinceblossom\nrole: 2026-99-99", "a.yaml", "the packet is not valid YAML"),
        (b"rep: !!python/name:os.system quinceblossom", "a.yaml", "the packet is not valid YAML: line 1, column 6"),
        (b"--- {rep: quinceblossom}\n--- {rep: y}", "a.yaml", "the packet is not valid YAML: line 2, column 1"),
        (b'{"rep": "quinceblossom\xff"}', "a.json", "the packet is not UTF-8"),
        (b"rep: quinceblossom\xe9", "a.yaml", "the packet is not UTF-8"),
        ('{"rep": "quinceblossom"}'.encode("utf-16"), "a.json", "the packet is not UTF-8"),
        (b'{"rep": "quinceblossom", "rep": "x"}', "a.json", "the packet has a key that stands twice"),
        (b'{"rep": "x", "results": {"quinceblossom": 1, "quinceblossom": 2}}', "a.json", "the packet has a key that"),
        (b"rep: x\nrole: y\nrep: quinceblossom", "a.yaml", "the packet has a key that stands twice"),
        (b"[" * 100_000, "a.json", "the packet is nested too deeply"),
        (b'{"rep":' * 100_000, "a.json", "the packet is nested too deeply"),
        (b"[" * 1_000_000, "a.yaml", "the packet is nested too deeply"),
        (b"- " * 100_000, "a.yaml", "the packet is nested too deeply"),
        (b"rep: &a quinceblossom\nrole: *a", "a.yaml", "the packet has a value that begins with *"),
        (b"rep: x\nride_along: *quinceblossom", "a.yaml", "the packet has a value that begins with *"),
        (b'{"rep": ' + b"9" * 6_000 + b"}", "a.json", "the packet holds a number that is too long"),
        (b"rep: " + b"9" * 6_000, "a.yaml", "the packet is not valid YAML"),
        (b'{"rep": "quinceblossom\\ud800"}', "a.json", "the packet: at rep: "),
        (b"rep: quinceblossom\0", "a.yaml", "the packet is not valid YAML"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_broken_file_is_a_sentence_without_its_words(raw: bytes, name: str, problem: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_packet(raw, name)
    assert refused.value.detail.startswith(problem)
    assert CANARY not in refused.value.detail
    assert len(refused.value.detail) < 200


@pytest.mark.parametrize("name", ["packet.txt", "packet.docx", "packet.csv"])
def test_another_kind_of_file_is_refused(name: str) -> None:
    with pytest.raises(UnsupportedFormat, match=r"no packets; send one of \.json, \.yaml, \.yml"):
        read_packet(JSON, name)


def test_a_file_may_have_so_many_bytes_and_no_more() -> None:
    raw = JSON + b" " * (MAX_BYTES - len(JSON))
    assert PACKET == read_packet(raw, "packet.json")
    with pytest.raises(TooLarge, match=f"the packet has {MAX_BYTES + 1} bytes"):
        read_packet(raw + b" ", "packet.json")
