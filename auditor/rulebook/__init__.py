"""Rules as data: everything under ``rules/`` that a legal officer can read becomes typed objects here.

Loading is strict: an unknown key, a duplicate id, an unknown law or concept, a missing example is an error with file
and line. Nothing here looks at a document.
"""
