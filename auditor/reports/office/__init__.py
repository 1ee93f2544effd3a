"""What leaves as Word or Excel: pure functions from frozen values to bytes, the same value always to the same bytes.

Nothing here asks a database, a clock or the web, and nothing here counts: figures come in as they shall be printed.
"""
