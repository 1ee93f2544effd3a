from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archive.stock import article, line, lines, scanned

BAD = [b'{"id": "a"', b"[]", b'{"id": "x"}', b'{"id": "a", "text": "n\xf4ng"}', b"\x00", b'{"text": 5}']
LINES = st.lists(
    st.one_of(
        st.integers(0, 5).map(lambda number: line(**article(number))),
        st.sampled_from(BAD),
        st.sampled_from([b"", b"  ", b"\t"]),
    ),
    max_size=12,
)


@settings(max_examples=12, deadline=None)
@given(data=LINES, ends=st.sampled_from([b"\n", b"\r\n"]), last=st.booleans())
def test_what_is_read_is_audited_rejected_or_a_duplicate(data: list[bytes], ends: bytes, last: bool) -> None:
    with tempfile.TemporaryDirectory() as place:
        archive = Path(place, "kho.jsonl")
        archive.write_bytes(b"\n" + ends.join(data) + ends * last)
        found = scanned(archive, Path(place, "out"))
        said, rows = found.summary, found.table("records")
        inputs = [one for one in data if one.strip()]
        good = [one for one in inputs if one not in BAD]
        assert said["read"] == said["audited"] + said["rejected"] + said["duplicates"] == len(inputs)
        assert said["rejected"] == len(found.rejects) == len(inputs) - len(good)
        assert said["audited"] == len(rows) == len(set(good))
        assert said["duplicates"] == len(found.table("duplicates"))
        seqs = [row["seq"] for row in (*rows, *found.table("duplicates"), *found.rejects)]
        assert sorted(seqs) == list(range(len(inputs)))
        assert sum(one["count"] for one in said["rejects"]) == said["rejected"]
        for groups in (said["outlets"], said["months"]):
            assert sum(one["audited"] for one in groups) == said["audited"]
            assert sum(one["duplicates"] for one in groups) == said["duplicates"]
            assert sum(one["findings"] for one in groups) == sum(row["S4"] + row["S3"] + row["S2"] + row["S1"]
                                                                 for row in rows)  # fmt: skip
        for severity, count in said["findings"].items():
            assert count == sum(row[severity] for row in rows)
            assert count == sum(one["severity"] == severity for one in found.table("findings"))
        people = found.table("people")
        for gender, name in (("female", "women"), ("male", "men"), ("unknown", "unknown")):
            own = [one for one in people if one["gender"] == gender]
            assert said["people"][name] == len(own)
            assert said["quoted"][name] == sum(one["quoted"] != "no" for one in own)
            assert said["leaders"][name] == sum(one["leader"] for one in own)
            assert sum(one[name] for one in said["functions"].values()) == len(own)
        assert sum(said["rules"].values()) == len(found.table("findings"))
        assert {row["seq"] for row in found.table("people")} <= {row["seq"] for row in rows}


def test_ids_may_repeat_and_are_told_apart_by_their_place(tmp_path: Path) -> None:
    archive = tmp_path / "kho.jsonl"
    archive.write_bytes(lines(article(number, id="a") for number in range(3)))
    found = scanned(archive, tmp_path / "out")
    assert [(row["seq"], row["record"]) for row in found.table("records")] == [(0, "a"), (1, "a"), (2, "a")]


def test_duckdb_and_pandas_read_the_tables(tmp_path: Path) -> None:
    import duckdb
    import pandas as pd

    archive = tmp_path / "kho.jsonl"
    archive.write_bytes(lines(map(article, range(8))))
    found = scanned(archive, tmp_path / "out")
    with duckdb.connect() as base:
        query = "SELECT r.outlet, count(*) FROM '{0}/records.parquet' r JOIN '{0}/findings.parquet' f USING (seq)"
        counts = dict(base.execute(f"{query} GROUP BY ALL".format(found.out)).fetchall())
    assert counts == {"Báo A": len(found.table("findings"))}
    frame = pd.read_parquet(found.out / "people.parquet")
    assert list(frame["gender"]) == [row["gender"] for row in found.table("people")]
    assert len(pd.read_parquet(found.out / "duplicates.parquet")) == 0
