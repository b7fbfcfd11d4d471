"""What a student works with on a terminal and in notebooks."""
