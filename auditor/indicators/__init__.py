"""The media index: figures on women and men in news, counted over audit records.

The indicators are data in ``rules/indicators/``, after the 2014 set "Bộ chỉ số về giới trong truyền thông" (category A
by questionnaire, category B from content) and the GEM-Index. That set is voluntary and has no official formula of a
score and no pass mark, so every figure here is an internal figure and none adds up to a mark.

Nothing here reads an article or judges one: it reads what ``auditor check --format jsonl`` writes.
"""
