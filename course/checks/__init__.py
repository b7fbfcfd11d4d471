"""What the author of a check imports: questions, comparisons, and the decorator that makes a check of a function."""

from course.checks.check import check, inputs
from course.checks.compare import close, numbers, require
from course.checks.errors import explain
from course.checks.mark import Miss
from course.checks.models import (
    Row,
    compiled_as,
    describe,
    history_of,
    is_model,
    rows,
    same_summary,
    snake,
    table,
    weights_like,
)
from course.text import Text
from course.wall.message import KerasObject
from course.wall.question import clean, either, file, keras, pandas, show, snapshot, student

__all__ = [
    "KerasObject",
    "Miss",
    "Row",
    "Text",
    "check",
    "clean",
    "close",
    "compiled_as",
    "describe",
    "either",
    "explain",
    "file",
    "history_of",
    "inputs",
    "is_model",
    "keras",
    "numbers",
    "pandas",
    "require",
    "rows",
    "same_summary",
    "show",
    "snake",
    "snapshot",
    "student",
    "table",
    "weights_like",
]
