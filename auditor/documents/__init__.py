"""A file becomes a Document: one small module per form behind ``interface.py``, and the outline that finds its clauses.

Nothing here judges a text; nothing outside here opens an input file.
"""
