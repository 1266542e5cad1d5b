"""Parses YAML as data only, and refuses a key that stands twice: YAML itself would silently keep the last one."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

import yaml

# The C loader reads a rubric about eight times faster; builds of PyYAML without libyaml have the other one only.
if TYPE_CHECKING:
    from yaml import SafeLoader as _Loader
else:
    _Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_Loader):
    # The signature is PyYAML's own.
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002
        seen = set()
        for key, _value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key {key.value!r} stands twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def parse(raw: bytes) -> object:
    """Parse a YAML document.

    Raises:
        yaml.YAMLError: not valid YAML, or a key stands twice.
        UnicodeDecodeError: not UTF-8.
    """
    return yaml.load(raw.decode("utf-8"), Loader=_StrictLoader)  # noqa: S506  a safe loader, made stricter
