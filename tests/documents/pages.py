"""Saved pages of newspapers and portals the tests make for themselves, in layouts as unlike as real ones are."""

from __future__ import annotations

import html
from collections.abc import Sequence

TITLE = "Cô giáo bản Suối Lầy và lớp học ban đêm cho các bà, các mẹ"
LEAD = "Ba năm nay, cứ bảy giờ tối là lớp xóa mù chữ của cô Giàng Thị Dở lại sáng đèn, học viên đông nhất là phụ nữ."
BODY = (
    "Lớp học nằm cuối bản Suối Lầy, mái tôn, vách gỗ, có mười hai bộ bàn ghế do trường tiểu học cho mượn từ đầu năm.",
    "“Trước đây tôi ký bằng ngón tay, giờ tôi tự viết được tên mình vào sổ vay vốn”, bà Sùng Thị Pà, 58 tuổi, nói.",
    "Theo Ủy ban nhân dân xã, đến hết tháng chín đã có 64 học viên biết đọc, biết viết, trong đó 51 người là nữ.",
    "Chồng chị Vàng Thị Mỷ tối nào cũng trông con cho vợ đi học; anh bảo việc nhà là việc chung, ai rảnh thì làm.",
    "Sang năm, lớp sẽ mở thêm ở hai bản trên núi cao, nơi phụ nữ phải đi bộ hơn một giờ mới tới được điểm trường.",
)
CAPTION = "Cô Giàng Thị Dở hướng dẫn học viên tập viết. Ảnh: Hà Lan"
BYLINE = "Nguyễn Hà Lan"
OUTLET = "Báo Vùng Biên"
SECTION = "Giáo dục"
TEASERS = (
    "Mẹo giữ chồng của người vợ khéo: cơm ngon canh ngọt thì chẳng anh nào muốn đi đâu nữa cả.",
    "Bí quyết sinh con trai theo lịch cổ được nhiều cặp vợ chồng trẻ truyền tay nhau trong năm nay.",
    "Giá vàng sáng nay tăng mạnh rồi quay đầu giảm, người mua đầu ngày lỗ hơn hai triệu đồng một lượng.",
)
COMMENTS = (
    "Đàn bà con gái học làm gì cho lắm, rồi cũng quanh quẩn xó bếp nuôi con cho chồng thôi các bác ạ.",
    "Cảm ơn tòa soạn đã có bài viết hay về vùng cao, mong có thêm nhiều lớp học như vậy nữa.",
)
MENU = ("Trang chủ", "Thời sự", "Kinh tế", "Giáo dục", "Pháp luật", "Đời sống", "Video", "Liên hệ")
FOOT = "Bản quyền thuộc về Báo Vùng Biên. Giấy phép số 12/GP-BTTTT. Ghi rõ nguồn khi phát hành lại thông tin."
SURROUND = (*TEASERS, *COMMENTS, FOOT, "Chấp nhận cookie", "Đăng ký nhận bản tin")


def links(words: Sequence[str], tag: str = "li") -> str:
    """Make a row of links."""
    return "".join(f'<{tag}><a href="/{at}.html">{one}</a></{tag}>' for at, one in enumerate(words))


def paragraphs(words: Sequence[str] = BODY, tag: str = "p") -> str:
    """Make paragraphs."""
    return "\n".join(f"<{tag}>{one}</{tag}>" for one in words)


def semantic() -> str:
    """Make a page that says what its parts are, as present-day ones do."""
    return f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{TITLE} | {OUTLET}</title>
<meta property="og:type" content="article"><meta property="og:title" content="{TITLE}">
<meta property="og:site_name" content="{OUTLET}"><meta name="description" content="{LEAD}">
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{TITLE}",
"datePublished":"2026-03-08T06:30:00+07:00","author":[{{"@type":"Person","name":"{BYLINE}"}}],
"articleSection":"{SECTION}","articleBody":"{" ".join(BODY)}"}}</script></head><body class="has-sidebar single">
<div id="cookie-bar">Chấp nhận cookie</div><header><nav><ul>{links(MENU)}</ul></nav></header>
<main><article><h1>{TITLE}</h1><p class="meta"><time datetime="2026-03-08">8/3/2026, 06:30</time> {BYLINE}</p>
<p class="sapo"><strong>{LEAD}</strong></p>{paragraphs(BODY[:2])}
<figure><img src="a.jpg" alt="x"><figcaption>{CAPTION}</figcaption></figure>{paragraphs(BODY[2:])}
<ul class="related-news">{links(TEASERS)}</ul></article>
<section id="comments"><h3>Bình luận (2)</h3>{paragraphs(COMMENTS)}</section></main>
<aside>{paragraphs(TEASERS)}<form>Đăng ký nhận bản tin</form></aside><footer>{FOOT}</footer></body></html>"""


def tables() -> str:
    """Make a page laid out with tables, as in 2005: no name says what a cell holds."""
    broken = "<br><br>\n".join(BODY)
    return f"""<HTML><HEAD><TITLE>{OUTLET} - {TITLE}</TITLE></HEAD><BODY bgcolor=#ffffff>
<TABLE width=1000 align=center><TR><TD colspan=3><TABLE><TR>{links(MENU, "td")}</TR></TABLE></TD></TR>
<TR><TD width=180 valign=top><TABLE>{"".join(f"<tr><td><a href=x>{one}</a></td></tr>" for one in MENU)}</TABLE>
<B>Tin nổi bật</B>{"".join(f"<p><a href=y>{one}</a></p>" for one in TEASERS)}</TD>
<TD width=560 valign=top><FONT color=red>{SECTION}</FONT><BR><FONT size=5><B>{TITLE}</B></FONT><BR>
<I>Cập nhật: 08/03/2026 06:30</I><BR><BR><B>{LEAD}</B><BR><BR>
<TABLE class=picture align=center><TR><TD><IMG src=a.jpg></TD></TR><TR><TD class=Caption>{CAPTION}</TD></TR></TABLE>
{broken}<P align=right><B>{BYLINE}</B></P>
<HR><B>Các tin khác</B><UL>{links(TEASERS)}</UL>
<B>Ý kiến bạn đọc</B><P>{COMMENTS[0]}</P><P>{COMMENTS[1]}</P></TD>
<TD width=260 valign=top><P>{TEASERS[0]}</P><IMG src=b.gif><P>{TEASERS[1]}</P></TD></TR>
<TR><TD colspan=3>{FOOT} Đăng ký nhận bản tin. Chấp nhận cookie</TD></TR></TABLE></BODY></HTML>"""


def soup() -> str:
    """Make a page of unnamed divisions, with text straight inside them, and tags that are never closed."""
    body = "<br/><br/>".join(BODY)
    return f"""<html><head><title>{TITLE} - {OUTLET}</title>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body><div id=w><div class=mn>{
        " | ".join(f'<a href="/m">{one}</a>' for one in MENU)
    }</div><div id=l><div class=t>Đọc nhiều</div>{links(TEASERS, "div")}</div>
<div id=m><div class=c>{SECTION}<div class=h><b>{TITLE}</b></div><div>Chủ nhật, 8/3/2026, 06:30 (GMT+7)
<div><b>{LEAD}</b></div><div id=x>{body}<div class=i><img src=a.jpg><span class=chu-thich>{CAPTION}</span></div></div>
<div align=right><b>{BYLINE}</b></div>
<div class=cm><div>Ý kiến bạn đọc (2)</div>{paragraphs(COMMENTS, "div")}</div>
</div>
<div id=f>{FOOT} Chấp nhận cookie<p>Đăng ký nhận bản tin</div>"""


def portal() -> str:
    """Make a page of a content system without any article mark-up; comments stand beside the text as plain parts."""
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd"><html><head>
<title>{TITLE}</title></head><body><form id="aspnetForm" method="post"><div class="wrapper"><div class="top-menu">
<ul>{links(MENU)}</ul></div>
<div class="breadcrumb"><a href="/">Trang chủ</a> &raquo; <a href="/gd">{SECTION}</a></div>
<div class="col-left"><div class="detail"><h1 class="title">{TITLE}</h1><div class="date">Ngày đăng: 08/03/2026</div>
<div class="tac-gia">{BYLINE}</div><div class="sapo">{LEAD}</div><div class="content">{paragraphs(BODY, "div")}
<div class="pic"><img src="a.jpg"/><p class="photo-caption">{CAPTION}</p></div></div>
<div class="box"><span>Tin liên quan</span><ul>{links(TEASERS)}</ul></div>
<h3>Bình luận</h3><p>{COMMENTS[0]}</p><p>{COMMENTS[1]}</p></div></div>
<div class="col-right"><h4>Xem nhiều</h4><ul>{links(TEASERS)}</ul><p>Đăng ký nhận bản tin</p></div>
<div class="bottom-bar"><p>{FOOT}</p><p>Chấp nhận cookie</p></div></div></form></body></html>"""


def entities(page: str) -> str:
    """Write every letter that is not ASCII as an entity, by name where it has one."""
    return "".join(one if one.isascii() else _entity(one) for one in page)


def _entity(letter: str) -> str:
    name = html.entities.codepoint2name.get(ord(letter))
    return f"&{name};" if name else f"&#{ord(letter)};"


LAYOUTS = {"semantic": semantic, "tables": tables, "soup": soup, "portal": portal}
