"""Compiles the translations, so that a wheel and an editable install find them as gettext reads them."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for source in (Path(self.root) / "course" / "locale").rglob("*.po"):
            with source.open("rb") as catalog, source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(catalog))
