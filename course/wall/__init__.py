"""The wall: a student's file answers questions in a confined process, and plain messages come out."""
