"""The practice round: its people, its clock, its mail. Never installed in production."""
