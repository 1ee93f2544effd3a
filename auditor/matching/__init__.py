"""A clause becomes findings: concepts, frames, phrases, contrasts, context, evidence, judge.

Nothing here reads a file or knows a form of report. Start at :mod:`auditor.matching.matcher`.
"""
