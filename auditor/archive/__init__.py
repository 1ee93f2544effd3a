"""Whole archives: scanned in batches, on one machine or a cluster, resumable at any moment.

``plan`` cuts an archive into batches, an engine (``local`` or ``ray``) gives each batch to a ``worker``, which leaves
one ``part`` in the ``folder`` of the scan; ``finish`` makes tables of all parts once ``duplicates`` are known.
``scan`` is the whole of it.
"""
