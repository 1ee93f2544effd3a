"""Audit Vietnamese texts for gender discrimination.

A document becomes clauses, a clause becomes norms, rules judge norms, people judge findings,
figures count what people confirmed.

This package is the library: no web, no printing, no global state. Start reading at :mod:`auditor.audit`.
"""

__version__ = "0.1.0"
