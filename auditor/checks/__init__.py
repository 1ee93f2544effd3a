"""Checks before publication: one article in, its findings with places in what was sent, and a gate.

Nothing here knows requests, keys or outlets; the API and the LanguageTool protocol both stand on it.
"""
