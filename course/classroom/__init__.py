"""A class: what was handed in, grading it, and what teachers take away."""
