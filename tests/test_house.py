"""The house: who may import whom, and that what everybody loads is light."""

import ast
import subprocess
import sys
from pathlib import Path

import catalogue
import pytest

HOUSE = Path(__file__).parent.parent / "course"
# From the ground up; a package imports from its floor or from below it.
FLOORS = [
    {"text", "seed", "drawing"},
    {"paths", "script", "progress"},
    {"wall"},
    {"checks"},
    {"classroom"},
    {"student", "plugin"},
    {"cli"},
]
FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}
FILES = sorted(path for path in HOUSE.rglob("*.py") if path != HOUSE / "__init__.py")


def package(name):
    """The part of the house that a dotted name belongs to."""
    return name.split(".")[1] if name.startswith("course.") else None


def imports(path):
    """The modules of ours that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("course"))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("course"):
            for alias in node.names:
                inner = HOUSE.parent / Path(*node.module.split("."), f"{alias.name}.py")
                folder = inner.with_suffix("")
                whole = inner.exists() or (folder / "__init__.py").exists()
                yield f"{node.module}.{alias.name}" if whole else node.module


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_nothing_points_up(path):
    place = path.relative_to(HOUSE).with_suffix("").parts[0]
    above = [name for name in imports(path) if (p := package(name)) and FLOOR[p] > FLOOR[place]]
    assert not above


def test_there_is_no_circle():
    edges = {}
    for path in FILES:
        name = ".".join(("course", *path.relative_to(HOUSE).with_suffix("").parts))
        edges[name.removesuffix(".__init__")] = set(imports(path))
    done, path = set(), []

    def visit(name):
        assert name not in path, f"circle: {' → '.join([*path[path.index(name) :], name])}"
        if name not in done:
            path.append(name)
            for other in edges.get(name, ()):
                if other != name:
                    visit(other)
            path.pop()
            done.add(name)

    for name in edges:
        visit(name)


@pytest.mark.parametrize(
    "path", sorted((HOUSE.parent / "exercises").glob("test_*.py")), ids=lambda p: p.stem
)
def test_checks_import_from_one_place(path):
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    modules = {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {name for name in modules if name.startswith("course")} == {"course.checks"}


@pytest.mark.parametrize(
    "path",
    [*FILES, *sorted((HOUSE.parent / "exercises").glob("test_*.py"))],
    ids=lambda path: path.stem,
)
def test_templates_are_literals(path):
    """A message is a template and values: an f-string could not be found again in a catalogue."""
    assert not list(catalogue.computed_templates(path))


def test_the_plugin_is_light():
    """pytest loads it in every project of the environment."""
    heavy = {"numpy", "pandas", "rich", "course.checks", "course.wall", "msgspec"}
    script = f"import sys, course.plugin; assert not {heavy} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", script], check=True)
