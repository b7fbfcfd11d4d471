"""The tests read English sentences, whatever the system's language is."""

import os

os.environ["COURSE_LANG"] = "en"
