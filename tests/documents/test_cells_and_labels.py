"""What a clause carries beside its place: its cells, where its words begin, which fields it stands in."""

from __future__ import annotations

from auditor.documents.interface import Block, Document, Source, compose, compose_fields, find_blocks
from auditor.documents.outline import Role, outline


def regulation(text: str) -> Document:
    return Document("x", "regulation", text, find_blocks(text), Source("x", "txt", ""))


def test_the_words_of_a_clause_begin_after_its_label() -> None:
    text = "Điều 7. Việc cưới\n1. Hai họ bàn bạc:\na) Lễ vật;\n– Trầu cau.\nHết phần này."
    words = [text[clause.label_end : clause.end] for clause in outline(regulation(text))]
    assert words == ["Việc cưới", "Hai họ bàn bạc:", "Lễ vật;", "Trầu cau.", "Hết phần này."]


def test_a_cell_stands_under_the_header_of_its_column() -> None:
    text, blocks = compose(
        [
            Block("Việc | Nam | Nữ", table=0, header=True),
            Block("Cưới | 200.000 | 150.000", table=0),
            Block("100.000", table=0, columns=(2,)),
        ]
    )
    _, full, part = outline(Document("x", "regulation", text, blocks, Source("x", "docx", "")))
    assert full.role is Role.CELL_ROW
    found = [(text[c.start : c.end], text[slice(*c.header)] if c.header else None) for c in (*full.cells, *part.cells)]
    assert found == [("Cưới", "Việc"), ("200.000", "Nam"), ("150.000", "Nữ"), ("100.000", "Nữ")]


def test_what_follows_a_list_is_not_governed_by_its_lead_in() -> None:
    text = "Điều 6. Điều cấm\n1. Nghiêm cấm:\na) đánh vợ;\nb) tảo hôn.\nTrưởng bản chỉ chọn nam giới."
    last = outline(regulation(text))[-1]
    assert [text[a:b] for a, b in last.governed_by] == ["Điều 6. Điều cấm"]


def test_in_an_article_every_unit_is_a_norm_and_knows_its_field() -> None:
    text, blocks = compose_fields([("title", "PHỤ NỮ NỘI TRỢ"), ("body", "Điều 5. Một.\n\nHai."), ("caption", "Ảnh")])
    found = outline(Document("x", "article", text, blocks, Source("x", "jsonl", "")))
    assert {clause.role for clause in found} == {Role.NORM}
    assert [clause.field for clause in found] == ["title", "body", "body", "caption"]
    assert found[1].locator.article is None
