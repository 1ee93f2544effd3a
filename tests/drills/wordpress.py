"""The WordPress plugin in a real WordPress: ``./dev drill wordpress [--rest] [--screens]``.

WordPress, PHP and MariaDB come from Debian's packages and live in a folder of their own; our server runs here, over a
store with an outlet, a key and an approved rule. Articles are published over the REST API, and by a person at a browser
in the block editor and in the classic one; the server answers, is stopped, refuses. Pictures go to AUDITOR_SCREENSHOTS.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx2 as httpx

from api.clients import wordpress
from tests.drills.ours import PATIENCE, Ours, stand_in
from tests.drills.site import ADMIN, NEEDED, PACKAGE, Site

QUOTE = "ưu tiên nam, ngoại hình ưa nhìn"
BLOCKED = {"title": "Việc làm ở xã", "content": f"<p>Công ty tuyển nhân viên kế toán, {QUOTE}.</p>"}
REVIEWED = {
    "title": "Trưởng phòng trẻ nhất công ty",
    "content": "<p>Cô gái xinh đẹp với nụ cười tỏa nắng được bầu làm trưởng phòng kỹ thuật của công ty.</p>",
}
CLEAN = {
    "title": "Xã Bình Lư mở lớp học nghề",
    "content": "<p>Sáng nay, xã Bình Lư khai giảng lớp học nghề cho ba mươi học viên. Lớp kéo dài ba tháng.</p>",
}


class Drill:
    """The steps, and which of them went wrong."""

    def __init__(self, site: Site, ours: Ours) -> None:
        self.site, self.ours = site, ours
        self.steps = 0
        self.failed: list[str] = []

    def step(self, name: str, good: object, seen: object = "") -> None:
        """Note whether a step went as it should."""
        self.steps += 1
        print(f"{'ok   ' if good else 'WRONG'} {name}{'' if good else f': {str(seen)[:900]}'}", flush=True)
        if not good:
            self.failed.append(name)

    def set(self, **settings: Any) -> None:
        """Change settings of the plugin as its page would."""
        pairs = "".join(f"$kept['{name}'] = {_php(value)};" for name, value in settings.items())
        self.site.php(f"$kept = (array) get_option( 'soat_gioi' ); {pairs} update_option( 'soat_gioi', $kept );")

    def rest(self) -> None:
        """Publish over the REST API."""
        word = self.site.php(
            "return WP_Application_Passwords::create_new_application_password( 1, array( 'name' => 'drill' ) )[0];"
        )
        with httpx.Client(base_url=self.site.address, auth=(ADMIN, word), timeout=PATIENCE) as client:
            self._gates(client)
            self._changes(client)
            self._captions(client)
            self._silence(client)
            self._rights(client)

    def post(self, client: httpx.Client, path: str = "/wp/v2/posts", **sent: Any) -> httpx.Response:
        """Send to a route of the REST API."""
        return client.post("/", params={"rest_route": path}, json=sent)

    def _gates(self, client: httpx.Client) -> None:
        answer = self.post(client, **BLOCKED, status="publish")
        said = answer.json()
        self.step(
            "REST: a blocked article is refused", (answer.status_code, said["code"]) == (422, "soat_gioi_held"), said
        )
        self.step(
            "REST: the refusal names the finding and what to do",
            QUOTE in said["message"] and "Gợi ý:" in said["message"],
            said,
        )
        self.step("REST: and hands its findings to programs", said["data"]["soat_gioi"]["findings"][0]["gate"], said)
        count = self.site.php("return (int) wp_count_posts()->publish;")
        self.step("REST: nothing more is published", count == 1, count)
        draft = self.post(client, **BLOCKED, status="draft")
        self.step("REST: it can be kept as a draft", draft.status_code == 201, draft.text)
        answer = self.post(client, f"/wp/v2/posts/{draft.json()['id']}", status="publish")
        kept = self._post(client, draft.json()["id"])
        self.step("REST: the draft cannot be published", answer.status_code == 422 and kept["status"] == "draft", kept)
        self.step("REST: its gate is kept with it", kept["soat_gioi"]["gate"] == "block", kept["soat_gioi"])
        answer = self.post(client, **BLOCKED, status="future", date="2030-01-02T08:00:00")
        self.step("REST: nor can one be scheduled", answer.status_code == 422, answer.text)
        answer = self.post(client, **REVIEWED, status="publish").json()
        self.step("REST: one to look at is published with its note",
                  (answer["status"], answer["soat_gioi"]["gate"]) == ("publish", "review"), answer)  # fmt: skip
        answer = self.post(client, **CLEAN, status="publish").json()
        kept = answer["soat_gioi"]
        self.step(
            "REST: a clean one is published",
            (answer["status"], kept["gate"], kept["total"]) == ("publish", "pass", 0),
            answer,
        )
        self.step("REST: with engine, rulebook and time", kept["engine"] and kept["rulebook"] and kept["at"], kept)
        self.live = int(answer["id"])
        self.set(hold=False)
        answer = self.post(client, **BLOCKED, status="publish").json()
        self.step("REST: without holding, a blocked one is published with its note",
                  (answer["status"], answer["soat_gioi"]["gate"]) == ("publish", "block"), answer)  # fmt: skip
        self.set(hold=True)

    def _changes(self, client: httpx.Client) -> None:
        path = f"/wp/v2/posts/{self.live}"
        answer = self.post(client, path, content=BLOCKED["content"])
        kept = self._post(client, self.live)
        self.step(
            "REST: a change to a published article is refused, and what readers see stays",
            answer.status_code == 422 and QUOTE not in kept["content"]["raw"] and kept["status"] == "publish",
            kept,
        )
        answer = self.post(client, f"{path}/autosaves", content=BLOCKED["content"])
        self.step("REST: the change can still be saved beside it", answer.status_code == 200, answer.text)
        with stand_in(503, "") as (address, told):
            self.set(server=address)
            answer = self.post(client, path, comment_status="closed")
            self.step(
                "REST: a change that leaves the words alone asks nobody", answer.status_code == 200 and not told, told
            )
            self.set(server=self.ours.address)

    def _captions(self, client: httpx.Client) -> None:
        sentence = BLOCKED["content"].removeprefix("<p>").removesuffix("</p>")
        for name, content in {
            "a caption of a block": '<!-- wp:image -->\n<figure class="wp-block-image"><img src="a.png" alt=""/>'
            f"<figcaption>{sentence}</figcaption></figure>\n<!-- /wp:image -->",
            "a caption of the classic editor": f'[caption id="a" width="9"]<img src="a.png" /> {sentence}[/caption]',
            "what a shortcode encloses": f"[embed]{sentence}[/embed]",
            "the excerpt": CLEAN["content"],
        }.items():
            more = {"excerpt": sentence} if name == "the excerpt" else {}
            answer = self.post(
                client, title=CLEAN["title"], content=CLEAN["content"] + content, status="publish", **more
            )
            self.step(f"REST: {name} is read", answer.status_code == 422, answer.text)
        odd = BLOCKED["content"].replace("kế toán", "<em>kế&nbsp;toán</em>") + "<p>😀</p>"
        answer = self.post(client, title=f"“Nữ” & {{}} \\ '\" {BLOCKED['title']}", content=odd, status="publish")
        self.step("REST: marks, quotes and emoji on the way change nothing", answer.status_code == 422, answer.text)
        answer = self.post(client, title="", content='<figure><img src="a.png"/></figure>', status="publish").json()
        self.step("REST: an article without words is let through and noted",
                  answer.get("status") == "publish" and answer["soat_gioi"]["note"], answer)  # fmt: skip

    def _silence(self, client: httpx.Client) -> None:
        self.ours.stop()
        self._unchecked(client, "server stopped", "Không gọi được máy chủ")
        self.ours.start()
        self.set(key="ga_" + "x" * 43)
        self._unchecked(client, "wrong key", "không nhận khóa")
        self.set(key=self.ours.key)
        full = '{"title": "Đã gửi quá nhiều bài trong một phút.", "code": "GA436"}'
        for name, status, body, headers, words in (
            ("quota used up", 429, full, {"Retry_After": "37"}, "Soát lại được sau 37 giây"),
            ("server busy", 503, "{}", {}, "đang bận"),
            ("some other site", 200, "<html>", {}, "không đúng mẫu"),
            ("late", 200, '{"gate": "review", "findings": [], "incomplete": true}', {}, "chưa soát kịp"),
        ):
            with stand_in(status, body, **headers) as (address, _):
                self.set(server=address)
                self._unchecked(client, name, words)
        with stand_in(200, "{}") as (target, told), stand_in(302, "", Location=f"{target}/v1/checks") as (address, _):
            self.set(server=address)
            self._unchecked(client, "sent elsewhere", "mã 302")
            self.step("the key goes to no other server", not told, told)
        self.set(server=self.ours.address)
        answer = self.post(client, **CLEAN, status="publish").json()
        self.step("REST: all is well again afterwards", answer["soat_gioi"]["gate"] == "pass", answer)

    def _unchecked(self, client: httpx.Client, name: str, words: str) -> None:
        answer = self.post(client, **CLEAN, status="publish").json()
        kept = answer.get("soat_gioi") or {}
        self.step(f"REST: {name}: published with a note",
                  answer.get("status") == "publish" and words in kept["trouble"], answer)  # fmt: skip
        self.set(unreachable="hold")
        answer = self.post(client, **CLEAN, status="publish")
        self.step(f"REST: {name}: held where so set, in clear words",
                  answer.status_code == 503 and words in answer.json()["message"], answer.text)  # fmt: skip
        self.set(unreachable="pass")

    def _rights(self, client: httpx.Client) -> None:
        path, sent = "/soat-gioi/v1/check", {"title": BLOCKED["title"], "content": BLOCKED["content"]}
        answer = self.post(client, path, **sent)
        self.step("the plugin's route answers an author", answer.json().get("gate") == "block", answer.text)
        self.step("and does not tell the key", self.ours.key not in answer.text)
        settings = client.get("/", params={"rest_route": "/wp/v2/settings"})
        self.step(
            "nor do the settings of the REST API", "soat_gioi" not in settings.text and settings.status_code == 200
        )
        with httpx.Client(base_url=self.site.address, timeout=PATIENCE) as stranger:
            answer = self.post(stranger, path, **sent)
            self.step("a stranger may not ask", answer.status_code == 401, answer.text)
            shown = stranger.get("/", params={"rest_route": f"/wp/v2/posts/{self.live}"}).text
            self.step("and sees no result with an article", "soat_gioi" not in shown and str(self.live) in shown, shown)
        word = self.site.php(
            "$id = wp_insert_user( array( 'user_login' => 'doc-gia', 'user_pass' => 'x', 'role' => 'subscriber' ) );"
            "return WP_Application_Passwords::create_new_application_password( $id, array( 'name' => 'a' ) )[0];"
        )
        with httpx.Client(base_url=self.site.address, auth=("doc-gia", word), timeout=PATIENCE) as reader:
            answer = self.post(reader, path, **sent)
            self.step("nor may a subscriber", answer.status_code == 403, answer.text)

    def _post(self, client: httpx.Client, id: int) -> dict[str, Any]:
        found: dict[str, Any] = client.get("/", params={"rest_route": f"/wp/v2/posts/{id}", "context": "edit"}).json()
        return found

    def end(self) -> None:
        """Remove the plugin and look for what it left."""
        left = self.site.php(
            "require_once ABSPATH . 'wp-admin/includes/plugin.php'; deactivate_plugins( 'soat-gioi/soat-gioi.php' );"
            "$before = $wpdb->get_var( \"SELECT count(*) FROM $wpdb->postmeta WHERE meta_key LIKE '%soat_gioi%'\" );"
            "uninstall_plugin( 'soat-gioi/soat-gioi.php' );"
            "return array( (int) $before, get_option( 'soat_gioi' ),"
            " (int) $wpdb->get_var( \"SELECT count(*) FROM $wpdb->postmeta WHERE meta_key LIKE '%soat_gioi%'\" ) );"
        )
        self.step("removing the plugin leaves nothing", left[0] > 3 and left[1:] == [False, 0], left)
        self.step("PHP has nothing to complain of", not self.site.complaints(), self.site.complaints()[:3])


def _php(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else f"'{value}'"


def main() -> None:
    """Run the drill; exit 1 if anything is wrong."""
    words = argparse.ArgumentParser(prog="./dev drill wordpress", description=__doc__)
    words.add_argument("--rest", action="store_true", help="only the REST API")
    words.add_argument("--screens", action="store_true", help="only the browser")
    chosen = words.parse_args()
    missing = [name for name in NEEDED if shutil.which(name) is None] + ([] if PACKAGE.exists() else ["wordpress"])
    if missing:
        sys.exit(f"Not installed: {', '.join(missing)}; ./dev drill wordpress installs them.")
    from tests.drills import screens

    # So that what was started is ended.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="auditor-wordpress-") as folder:
        place = Path(folder)
        (place / "site").mkdir()
        ours = Ours(place)
        try:
            ours.start()
            with Site(place / "site") as site:
                drill = Drill(site, ours)
                for name, data in wordpress.files():
                    if name.endswith(".php"):
                        done = subprocess.run(["php", "-l"], input=data, capture_output=True)
                        drill.step(f"php -l {name}", done.returncode == 0, done.stdout)
                rule = next(one["rule"] for one in ours.check(BLOCKED)["findings"] if QUOTE in one["quote"])
                ours.approve(rule)
                time.sleep(6)
                gates = [ours.check(article)["gate"] for article in (BLOCKED, REVIEWED, CLEAN)]
                drill.step(
                    f"the server has a gate for each ({rule} is approved)", gates == ["block", "review", "pass"], gates
                )
                site.php(
                    "require_once ABSPATH . 'wp-admin/includes/plugin.php';"
                    "activate_plugin( 'soat-gioi/soat-gioi.php' );"
                )
                if chosen.rest:
                    drill.set(server=ours.address, key=ours.key, hold=True)
                    drill.rest()
                else:
                    screens.walk(drill, rest=not chosen.screens)
                drill.end()
        finally:
            ours.stop()
            ours.service.close()
    print(f"{drill.steps} steps: {len(drill.failed)} wrong")
    for name in drill.failed:
        print(name)
    raise SystemExit(bool(drill.failed))


if __name__ == "__main__":
    main()
