"""The pages of the review desk, one module for each job of its users; each has a ``router``."""
