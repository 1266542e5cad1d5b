"""A run as JUnit XML, which every CI server reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as Xml

from coach.evaluation.case import LabelledCase
from coach.evaluation.prediction import Predictions
from coach.evaluation.render.judged import JudgedCase, judge_cases
from coach.evaluation.report import Report

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that no XML document may hold, however they are written."""


def render_junit(report: Report, cases: Sequence[LabelledCase], predictions: Predictions) -> str:
    """One test a case and check; a case without a check has the test `ran`.

    Of several repeats, more than half must be right. A check is an error rather than a failure where repeats that
    have no output alone keep it from passing: then the provider is to blame, or the network, and not the reading.
    """
    suite = Xml.Element("testsuite", name="coach eval")
    properties = Xml.SubElement(suite, "properties")
    for name, value in report.provenance.items():
        Xml.SubElement(properties, "property", name=name, value=_text(str(value)))
    for judged in judge_cases(cases, predictions):
        names = tuple(judged.right) or ("ran",)
        for name in names:
            seconds = f"{judged.seconds / len(names):.4f}"
            test = Xml.SubElement(suite, "testcase", classname=_text(judged.case.id), name=name, time=seconds)
            _outcome(test, judged, name)
    for counted, element in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
        suite.set(counted, str(sum(1 for _ in suite.iter(element))))
    Xml.indent(suite)
    return Xml.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def _outcome(test: Xml.Element, judged: JudgedCase, name: str) -> None:
    repeats, failed = len(judged.trials), len(judged.failures)
    right = judged.right.get(name, repeats - failed)
    if 2 * right > repeats:
        return
    if 2 * (right + failed) > repeats:
        failure = judged.failures[0]
        Xml.SubElement(test, "error", type=failure.code, message=_text(failure.detail))
        return
    must = "must pass: " if name in judged.case.must_pass else ""
    often = f" in {repeats - right} of {repeats} repeats" if repeats > 1 else ""
    Xml.SubElement(test, "failure", message=f"{must}{name} differs from the label{often}")


def _text(value: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", value)
