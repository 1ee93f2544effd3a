"""What keeps the desk safe: headers, cookies, sessions, guessing of passwords, and what people wrote."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.access import COOKIE
from api.app import create_app
from api.throttle import Throttle
from auditor.errors import StoreError
from auditor.store import clock, files, passwords, users
from tests.api.desk import PASSWORD

WRONG = "mot mat khau khac han"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def client(store) -> Iterator[TestClient]:
    with TestClient(create_app(store), follow_redirects=False, raise_server_exceptions=False) as client:
        yield client


def _log_in(client, login="reviewer", password=PASSWORD, **more):
    return client.post("/dang-nhap", data={"login": login, "password": password, **more})


@pytest.mark.parametrize("path", ["/dang-nhap", "/", "/khong-co-trang-nay", "/style.css", "/static/desk.js"])
def test_every_answer_forbids_scripts_of_others_frames_and_guessing_of_kinds(client, path):
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"


def test_pages_are_kept_by_no_cache(client):
    _log_in(client)
    assert client.get("/").headers["cache-control"] == "no-store"


def test_a_failure_of_the_program_tells_nothing_and_keeps_its_headers(store, monkeypatch):
    def fails(*_: object) -> None:
        raise RuntimeError("ruột gan của chương trình")

    monkeypatch.setattr("auditor.store.users.accounts", fails)
    with TestClient(create_app(store), raise_server_exceptions=False) as client:
        _log_in(client, "admin")
        answer = client.get("/nguoi-dung")
    assert (answer.status_code, answer.headers["cache-control"]) == (500, "no-store")
    assert "GA400" in answer.text
    assert "ruột gan" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_form_that_lacks_a_field_is_answered_in_words_without_what_was_sent(client):
    answer = client.post("/dang-nhap", data={"login": "<script>"})
    assert answer.status_code == 422
    assert "GA422" in answer.text
    assert "script>" not in answer.text.split("<main")[1]


def test_the_cookie_of_the_session_is_out_of_reach_of_scripts_and_other_sites(client):
    cookie = _log_in(client).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie


def test_over_https_the_cookie_is_bound_to_this_host(store):
    with TestClient(create_app(store), base_url="https://desk.example", follow_redirects=False) as client:
        answer = _log_in(client)
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith(f"__Host-{COOKIE}=")
        assert "Secure" in cookie
        assert "Path=/" in cookie
        assert "domain" not in cookie.lower()
        assert "strict-transport-security" in answer.headers
        assert client.get("/").status_code == 200


def test_over_https_a_cookie_that_a_plain_connection_could_have_set_counts_for_nothing(store):
    with store.change() as change:
        token = users.open_session(change, users.find(change.db, "reviewer"))
    with TestClient(create_app(store), base_url="https://desk.example", follow_redirects=False) as client:
        assert client.get("/", headers={"cookie": f"{COOKIE}={token}"}).status_code == 303


def test_a_session_brought_along_ends_at_the_login(client, store):
    _log_in(client, "viewer")
    planted = client.cookies[COOKIE]
    _log_in(client, "admin")
    assert client.cookies[COOKIE] != planted
    with store.read() as db:
        assert users.session(db, planted) is None


def test_a_cookie_that_was_made_up_is_not_taken_on(client):
    client.cookies.set(COOKIE, "dat-san")
    answer = _log_in(client)
    assert f"{COOKIE}=dat-san" not in answer.headers["set-cookie"]


def test_another_password_ends_all_other_sessions(store, person):
    here, there = person("reviewer"), person("reviewer")
    old = here.client.cookies[COOKIE]
    answer = here.post("/mat-khau", {"old": PASSWORD, "new": "mot cau ngan de nho"})
    assert "Đã đổi mật khẩu" in answer.text
    assert here.client.cookies[COOKIE] != old
    assert "Tên đăng nhập" in there.get("/").text


def test_a_session_ends_when_nobody_uses_it_and_at_the_end_of_the_day(store):
    with store.change() as change:
        user = users.find(change.db, "viewer")
        idle, old, used = (users.open_session(change, user) for _ in range(3))
        for token, values in (
            (idle, {"seen_at": clock.later(-users.IDLE - 1)}),
            (old, {"ends_at": clock.later(-1)}),
            (used, {"seen_at": clock.later(-users.IDLE + 60)}),
        ):
            found = users.session(change.db, token)
            change.update("sessions", found.id, values)
    with store.read() as db:
        assert [users.session(db, token) is not None for token in (idle, old, used)] == [False, False, True]


def test_using_the_desk_keeps_a_session_awake(client, store):
    _log_in(client)
    with store.change() as change:
        change.db.execute("UPDATE sessions SET seen_at = ?", [clock.later(-users.IDLE + 60)])
    client.get("/")
    with store.read() as db:
        assert users.session(db, client.cookies[COOKIE]).seen_at > clock.later(-60)


def test_a_login_from_a_page_of_another_site_is_refused(client):
    answer = client.post(
        "/dang-nhap", data={"login": "reviewer", "password": PASSWORD}, headers={"sec-fetch-site": "cross-site"}
    )
    assert answer.status_code == 403
    assert COOKIE not in client.cookies


@pytest.mark.parametrize(
    "wanted", ["https://xau.example", "//xau.example", "/\\xau.example", "/\t/xau.example", "/\n/xau.example", "x", ""]
)
def test_the_login_leads_to_no_other_site(client, wanted):
    assert _log_in(client, toi=wanted).headers["location"] == "/"


def test_the_login_leads_back_to_the_page_that_was_asked_for(client):
    to_login = client.get("/nhat-ky?nguoi=2&so=a%20b").headers["location"]
    shown = client.get(to_login).text
    assert 'value="/nhat-ky?nguoi=2&amp;so=a%20b"' in shown


def test_what_was_typed_is_shown_escaped(client):
    answer = _log_in(client, '"><script>alert(1)</script>')
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_after_many_failures_even_the_right_password_waits_a_little(store):
    app = create_app(store)
    app.state.throttle = Throttle(pair="3/minute")
    with TestClient(app, follow_redirects=False) as client:
        tried = [_log_in(client, password=WRONG).status_code for _ in range(4)]
        waiting = _log_in(client)
    assert tried == [401, 401, 401, 429]
    assert waiting.status_code == 429
    assert "GA407" in waiting.text
    assert 1 <= int(waiting.headers["retry-after"]) <= 60


def test_nobody_is_locked_out_for_good():
    throttle = Throttle(pair="2/second")
    waits = [throttle.begin("lan", "198.51.100.4") for _ in range(3)]
    assert (waits[0], waits[2]) == (0, 1)
    time.sleep(1.1)
    assert throttle.begin("lan", "198.51.100.4") == 0


def test_coming_in_forgets_the_failures_before():
    throttle = Throttle(pair="2/minute")
    for _ in range(5):
        assert throttle.begin("lan", "198.51.100.4") == 0
        throttle.passed("lan", "198.51.100.4")


def test_a_login_that_does_not_exist_is_answered_like_one_that_does(store):
    app = create_app(store)
    app.state.throttle = Throttle(pair="2/minute")
    with TestClient(app) as client:
        answers = [[_log_in(client, login, WRONG) for _ in range(3)] for login in ("reviewer", "khongai")]
    known, unknown = ([(one.status_code, one.text.replace(one_login, "")) for one in many]
                      for one_login, many in zip(("reviewer", "khongai"), answers, strict=True))  # fmt: skip
    assert known == unknown


def test_guessing_from_elsewhere_leaves_the_persons_own_address_free():
    throttle = Throttle(pair="3/minute")
    for _ in range(5):
        throttle.begin("lan", "203.0.113.9")
    assert throttle.begin("lan", "203.0.113.9") > 0
    assert throttle.begin("lan", "198.51.100.4") == 0


def test_one_address_does_not_try_one_password_on_everybody():
    throttle = Throttle(address="3/minute")
    for number in range(3):
        assert throttle.begin(f"nguoi{number}", "2001:db8:1:2::1") == 0
        throttle.failed(f"nguoi{number}", "2001:db8:1:2::1")
    assert throttle.begin("nguoi9", "2001:db8:1:2:ffff::9") > 0
    assert throttle.begin("nguoi9", "2001:db8:1:3::1") == 0


def test_what_a_request_says_of_proxies_is_not_believed(store):
    app = create_app(store)
    app.state.throttle = Throttle(pair="2/minute")
    with TestClient(app) as client:
        for _ in range(2):
            _log_in(client, password=WRONG)
        headers = {"x-forwarded-for": "203.0.113.77", "forwarded": "for=203.0.113.77", "x-forwarded-proto": "https"}
        answer = client.post("/dang-nhap", data={"login": "reviewer", "password": WRONG}, headers=headers)
    assert answer.status_code == 429
    assert "strict-transport-security" not in answer.headers


def test_guessing_the_present_password_of_an_open_session_is_slowed_too(store):
    app = create_app(store)
    app.state.throttle = Throttle(pair="2/minute")
    with TestClient(app) as client:
        _log_in(client)
        word = client.get("/mat-khau").text.split('name="csrf" value="')[1].split('"')[0]
        sent = {"old": WRONG, "new": "mot cau ngan de nho", "csrf": word}
        assert [client.post("/mat-khau", data=sent).status_code for _ in range(3)] == [422, 422, 429]


@pytest.mark.parametrize(
    "password", ["ngan", "1234567890", "Mật khẩu 123", "aaaaaaaaaaaa", "lothilanlothilan", "LoThiLan.2026", "a" * 201]
)
def test_a_password_that_is_easy_to_guess_is_refused(password):
    with pytest.raises(StoreError, match="GA335"):
        passwords.check(password, "lothilan")


def test_a_password_fits_however_its_marks_were_typed():
    kept = passwords.hashed("cô giáo về bản")
    assert passwords.fits(kept, "cô giáo về bản")
    assert not passwords.fits(kept, "co giao ve ban")
    assert not passwords.fits(None, "cô giáo về bản")


def test_a_made_up_password_passes_the_rules_and_is_never_the_same():
    made = {passwords.passphrase() for _ in range(50)}
    assert len(made) == 50
    assert len(set(passwords.WORDS)) == len(passwords.WORDS) == 128
    for one in made:
        passwords.check(one, "lan")


def test_a_password_used_once_must_be_changed_before_anything_else(client, store):
    with store.change() as change:
        password = users.reset(change, users.find(change.db, "reviewer"))
    _log_in(client, password=password)
    assert client.get("/").headers["location"] == "/mat-khau"
    page = client.get("/mat-khau").text
    word = page.split('name="csrf" value="')[1].split('"')[0]
    same = client.post("/mat-khau", data={"old": password, "new": password, "csrf": word})
    assert (same.status_code, "cần khác" in same.text) == (422, True)
    client.post("/mat-khau", data={"old": password, "new": "mot cau ngan de nho", "csrf": word})
    assert client.get("/").status_code == 200


def test_the_button_beside_what_was_said_never_leads_out(person):
    someone = person("reviewer")
    someone.client.cookies.set("auditor_said", '{"say": "a", "undo": "//xau.example", "tone": "good"}')
    page = someone.get("/").text
    assert "xau.example" not in page


@pytest.mark.parametrize("chunked", [True, False])
def test_a_stranger_sends_nothing_large(client, chunked):
    data = b"x" * 100_000
    answer = client.post("/don-vi/nhap", content=iter([data]) if chunked else data)
    assert (answer.status_code, answer.headers["location"]) == (303, "/dang-nhap")
    assert client.post("/dang-nhap", data={"login": "a" * 100_000, "password": "b"}).status_code == 303


@pytest.mark.parametrize(
    ("media", "served"),
    [
        ("text/html; charset=utf-8", "application/octet-stream"),
        ("image/svg+xml", "application/octet-stream"),
        ("application/xhtml+xml", "application/octet-stream"),
        ("text/javascript", "application/octet-stream"),
        ("application/pdf", "application/pdf"),
        (DOCX, DOCX),
    ],
)
def test_a_file_that_a_browser_would_run_is_kept_as_mere_bytes(store, media, served):
    with store.change() as change:
        assert files.keep(change, b"x", "x", media).media == served
