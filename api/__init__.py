"""What people and other programs reach over HTTP: the review desk (pages), and later the checks of articles (v1).

Handlers read a request, ask :mod:`auditor.store` and render a template; they hold no rules of their own.
"""
