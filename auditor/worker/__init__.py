"""The slow work of the desk: opening archives, reading texts, auditing them.

``jobs`` does one job from its claim to its end; ``loop`` takes one after the other, in a process that may die without
taking anything with it; ``supervisor`` keeps that process running beside the server. ``errands`` is what a
thread of it does meanwhile: webhooks (``sending``), and deleting what was kept long enough.
"""
