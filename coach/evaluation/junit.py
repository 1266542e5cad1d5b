"""A run as JUnit XML, which every CI server reads."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as Xml

from coach.evaluation.prediction import Prediction

Outcomes = Mapping[str, Mapping[str, bool]]
"""By case, then by check."""


def render_junit(outcomes: Outcomes, predictions: Mapping[str, Prediction]) -> str:
    """One test a case and check; a case without an output is an error, not a failure."""
    suite = Xml.Element("testsuite", name="coach eval")
    counts = {"tests": 0, "failures": 0, "errors": 0}
    for id_, checks in outcomes.items():
        prediction = predictions[id_]
        for name, right in checks.items():
            seconds = f"{prediction.duration_ms / 1000 / len(checks):.4f}"
            test = Xml.SubElement(suite, "testcase", classname=id_, name=name, time=seconds)
            counts["tests"] += 1
            if prediction.error:
                counts["errors"] += 1
                Xml.SubElement(test, "error", type=prediction.error.code, message=prediction.error.detail)
            elif not right:
                counts["failures"] += 1
                Xml.SubElement(test, "failure", message=f"{name} differs from the label")
    suite.attrib |= {name: str(count) for name, count in counts.items()}
    Xml.indent(suite)
    return Xml.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"
