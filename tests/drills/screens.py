"""A person at a browser in the drill of the WordPress plugin: settings, both editors, the list of posts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Dialog, Page, sync_playwright

from tests.drills.site import ADMIN, PASSWORD

if TYPE_CHECKING:
    from tests.drills.wordpress import Drill

CHROMIUM = "/usr/bin/chromium"
PATIENCE = 90_000
"""Milliseconds something is waited for."""
NARROW, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 1000}
BAD = "Công ty tuyển nhân viên kế toán, ưu tiên nam, ngoại hình ưa nhìn <img src=x onerror=alert(1)>."
GOOD = "Công ty tuyển nhân viên kế toán, không phân biệt nam, nữ, có chứng chỉ hành nghề."
LOOKED_AT = "Cô gái xinh đẹp với nụ cười tỏa nắng được bầu làm trưởng phòng kỹ thuật của công ty."
PART = "ưu tiên nam, ngoại hình ưa nhìn"


class Person:
    """Someone of the newsroom, logged in."""

    def __init__(self, drill: Drill, page: Page) -> None:
        self.drill, self.page, self.site = drill, page, drill.site
        self.troubles: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("dialog", self._asked)

    def _asked(self, dialog: Dialog) -> None:
        if dialog.type != "beforeunload":
            self.troubles.append(f"{dialog.type}: {dialog.message}")
        dialog.accept()

    def shot(self, name: str, *, narrow: bool = False) -> None:
        """Keep a picture where AUDITOR_SCREENSHOTS says."""
        folder = os.environ.get("AUDITOR_SCREENSHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(folder) / f"wordpress-{name}.png")
            if narrow:
                self.page.set_viewport_size(NARROW)
                self.page.wait_for_timeout(1000)
                self.page.screenshot(path=Path(folder) / f"wordpress-{name}-360.png")
                self.page.set_viewport_size(WIDE)

    def log_in(self) -> None:
        """Log in."""
        self.page.goto(f"{self.site.address}/wp-login.php")
        self.page.fill("#user_login", ADMIN)
        self.page.fill("#user_pass", PASSWORD)
        self.page.click("#wp-submit")
        self.page.wait_for_selector("#wpadminbar")

    def settings(self) -> None:
        """Fill the page of settings, and try the server."""
        page, step, ours = self.page, self.drill.step, self.drill.ours
        self._settings()
        page.fill("#soat-gioi-server", f"{ours.address}/v1/")
        page.fill("#soat-gioi-key", "ga_sai khóa")
        page.click("#submit")
        step("settings: a key that cannot be one is refused", "chưa đúng mẫu" in self._notice(".notice-error"))
        step("settings: the address is kept without /v1", page.input_value("#soat-gioi-server") == ours.address)
        page.fill("#soat-gioi-key", "ga_" + "x" * 43)
        page.click("#submit")
        page.wait_for_selector("#try")
        page.click("#try")
        step("settings: a wrong key is told", "không nhận khóa" in self._notice(".notice-error"))
        page.fill("#soat-gioi-key", ours.key)
        page.click("#submit")
        page.wait_for_selector("#try")
        page.click("#try")
        step("settings: the server answers", "Máy chủ trả lời tốt" in self._notice(".notice-success"))
        shown = page.content()
        step("settings: the key is not shown again", ours.key not in shown and ours.key[:10] in shown)
        page.click("#submit")
        page.wait_for_selector(".notice-success, .updated")
        kept = self.site.php("$kept = get_option( 'soat_gioi' ); return array( $kept['key'], $kept['hold'] );")
        step("settings: saving again keeps the key", kept == [ours.key, True], kept)
        self.shot("settings", narrow=True)

    def _settings(self) -> None:
        self.page.goto(f"{self.site.address}/wp-admin/options-general.php?page=soat-gioi")

    def _notice(self, kind: str) -> str:
        return self.page.locator(f".wrap {kind}").first.inner_text()

    def draft(self, title: str, sentence: str) -> int:
        """Make a draft, as an editor left it."""
        words = sentence.replace("<", "&lt;").replace(">", "&gt;")
        content = f"<!-- wp:paragraph -->\n<p>{words}</p>\n<!-- /wp:paragraph -->"
        made = self.site.php(
            "return wp_insert_post( array( 'post_author' => 1,"
            f" 'post_title' => '{title}', 'post_content' => '{content}' ) );"
        )
        return int(made)

    def status(self, id: int) -> str:
        """Return the status of a post."""
        return str(self.site.php(f"return get_post_status( {id} );"))

    def open(self, id: int) -> None:
        """Open a post in its editor."""
        self.page.goto(f"{self.site.address}/wp-admin/post.php?post={id}&action=edit")

    def block_editor(self) -> None:
        """Publish in the block editor."""
        page, step = self.page, self.drill.step
        self.site.php(
            "update_user_meta( 1, $wpdb->prefix . 'persisted_preferences', array( 'core/edit-post' =>"
            " array( 'welcomeGuide' => false ), '_modified' => gmdate( 'c' ) ) );"
        )
        id = self.draft("Việc làm ở xã", BAD)
        self.open(id)
        page.click(".editor-post-publish-panel__toggle")
        panel = page.locator(".editor-post-publish-panel .soat-gioi")
        panel.locator(".soat-gioi-block").wait_for()
        said = panel.inner_text()
        step("block editor: the panel before publication shows the gate", "Chưa đăng được" in said, said)
        step("block editor: and the finding, what it says and what to do", PART in said and "Gợi ý:" in said, said)
        step("block editor: the key is not in the page", self.drill.ours.key not in page.content())
        self.shot("block-panel", narrow=True)
        page.click(".editor-post-publish-panel .editor-post-publish-button")
        notice = page.locator(".components-notice.is-error").first
        notice.wait_for()
        said = notice.inner_text()
        step("block editor: publishing is refused in clear words", PART in said and "Gợi ý:" in said, said)
        step("block editor: the article is still a draft", self.status(id) == "draft", self.status(id))
        self.shot("block-refused")
        self._back_to_the_article()
        page.locator(".wp-block-post-title").click()
        page.keyboard.press("End")
        page.keyboard.type(" Bình Lư")
        page.click(".editor-post-save-draft")
        page.wait_for_selector(".editor-post-saved-state.is-saved")
        kept = self.site.php(f"$post = get_post( {id} ); return array( $post->post_status, $post->post_title );")
        step(
            "block editor: after a refusal it can be saved as a draft", kept == ["draft", "Việc làm ở xã Bình Lư"], kept
        )
        self._document_panel()
        self._write(GOOD)
        self._publish()
        panel = page.locator(".post-publish-panel__postpublish, .editor-post-publish-panel")
        page.wait_for_selector(".post-publish-panel__postpublish")
        step("block editor: the corrected article is published", self.status(id) == "publish", self.status(id))
        step("block editor: and its gate is told", "Có thể đăng" in panel.first.inner_text(), panel.first.inner_text())
        self.shot("block-published")
        looked_at = self.draft("Trưởng phòng trẻ nhất công ty", LOOKED_AT)
        self.open(looked_at)
        self._publish()
        page.wait_for_selector(".post-publish-panel__postpublish .soat-gioi")
        said = page.locator(".post-publish-panel__postpublish").inner_text()
        step("block editor: one to look at is published with its note",
             self.status(looked_at) == "publish" and "Cần xem lại" in said, said)  # fmt: skip
        self.shot("block-reviewed")
        self._alone()

    def _back_to_the_article(self) -> None:
        close = self.page.locator(".editor-post-publish-panel__header-cancel-button button, [aria-label='Close panel']")
        if close.count():
            close.first.click()

    def _document_panel(self) -> None:
        page = self.page
        if not page.locator(".edit-post-sidebar").count():
            page.locator(".interface-pinned-items button").first.click()
        page.locator(".edit-post-sidebar__panel-tab").first.click()
        title = page.locator(".edit-post-sidebar .components-panel__body-toggle", has_text="Soát giới")
        title.click()
        said = page.locator(".edit-post-sidebar .soat-gioi")
        said.locator(".soat-gioi-block").wait_for()
        self.drill.step(
            "block editor: the panel beside the article shows the same", PART in said.inner_text(), said.inner_text()
        )
        title.scroll_into_view_if_needed()
        self.shot("block-beside")

    def _write(self, sentence: str) -> None:
        self.page.locator(".block-editor-rich-text__editable.wp-block-paragraph").first.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(sentence)

    def _publish(self) -> None:
        page = self.page
        page.click(".editor-post-publish-panel__toggle")
        page.wait_for_selector(".editor-post-publish-panel .soat-gioi .soat-gioi-gate")
        page.click(".editor-post-publish-panel .editor-post-publish-button")

    def _alone(self) -> None:
        """Work while the server is away, and ask without a nonce."""
        page, step, drill = self.page, self.drill.step, self.drill
        drill.ours.stop()
        self.open(self.draft("Việc làm ở xã", GOOD))
        page.click(".editor-post-publish-panel__toggle")
        page.wait_for_selector(".editor-post-publish-panel .soat-gioi-none")
        said = page.locator(".editor-post-publish-panel .soat-gioi").inner_text()
        step("block editor: a server that is away is told", "Không gọi được máy chủ" in said, said)
        self.shot("block-alone")
        drill.ours.start()
        page.click(".editor-post-publish-panel .soat-gioi button")
        page.wait_for_selector(".editor-post-publish-panel .soat-gioi-pass")
        step("block editor: asking again when it is back", True)
        status = page.evaluate(
            "fetch('/?rest_route=/soat-gioi/v1/check', {method: 'POST', body: new URLSearchParams({title: 'a'})})"
            ".then((answer) => answer.status)"
        )
        step("a browser without the nonce may not ask", status == 401, status)

    def classic_editor(self) -> None:
        """Publish in the classic editor."""
        page, step = self.page, self.drill.step
        self.site.classic(True)
        id = self.draft("Việc làm của báo", BAD)
        self.open(id)
        box = page.locator("#soat-gioi-box")
        box.locator(".soat-gioi-block").wait_for()
        step("classic editor: the box shows the gate and the finding", PART in box.inner_text(), box.inner_text())
        self.shot("classic-box")
        page.click("#publish")
        page.wait_for_selector(".soat-gioi-notice")
        said = page.locator(".soat-gioi-notice").inner_text()
        step(
            "classic editor: what is blocked waits, and the notice says why",
            self.status(id) == "pending" and PART in said and "chờ duyệt" in said,
            (self.status(id), said),
        )
        step("classic editor: and nothing says it was done", page.locator("#message.updated").count() == 0)
        self.shot("classic-held", narrow=True)
        self._write_classic(GOOD)
        box.locator("button").click()
        box.locator(".soat-gioi-pass").wait_for()
        step("classic editor: the box checks what is typed", True)
        page.click("#publish")
        page.wait_for_selector("#message")
        step("classic editor: the corrected article is published", self.status(id) == "publish", self.status(id))
        step("classic editor: with the time of now", self.site.php(
            f"return abs( time() - (int) get_post_time( 'U', true, {id} ) ) < 600;"))  # fmt: skip
        step("classic editor: nothing to say of it", page.locator(".soat-gioi-notice").count() == 0)
        self._write_classic(BAD.replace("<", "&lt;"))
        page.click("#publish")
        page.wait_for_selector(".soat-gioi-notice")
        said = page.locator(".soat-gioi-notice").inner_text()
        kept = self.site.php(
            f"$post = get_post( {id} ); $beside = wp_get_post_autosave( {id}, 1 );"
            "return array( $post->post_status, $post->post_content, $beside ? $beside->post_content : '' );"
        )
        step(
            "classic editor: a blocked change to a published article is kept beside it",
            kept[0] == "publish" and PART not in kept[1] and PART in kept[2] and PART in said,
            (kept, said),
        )
        step("classic editor: and nothing says it was changed", page.locator("#message.updated").count() == 0)
        offered = page.locator("#wpbody a[href*='revision.php?revision=']")
        step(
            "classic editor: and offered",
            offered.count() > 0 and offered.first.is_visible(),
            page.locator("#wpbody-content").inner_text(),
        )
        self.shot("classic-change")
        self._list()

    def _write_classic(self, sentence: str) -> None:
        if not self.page.locator("#wp-content-wrap.html-active").count():
            # The buttons do nothing before the visual editor is there.
            self.page.wait_for_function("window.tinymce?.get('content')?.initialized")
            self.page.click("#content-html")
            self.page.wait_for_selector("#wp-content-wrap.html-active")
        self.page.fill("#content", f"<p>{sentence}</p>")

    def _list(self) -> None:
        page, step = self.page, self.drill.step
        id = self.draft("Việc làm sửa nhanh", BAD)
        page.goto(f"{self.site.address}/wp-admin/edit.php")
        row = page.locator(f"#post-{id}")
        row.hover()
        row.locator("button.editinline").click()
        page.select_option(f"#edit-{id} select[name=_status]", "publish")
        page.click(f"#edit-{id} button.save")
        page.wait_for_selector(f"#post-{id} .soat-gioi-gate")
        step("list: quick edit cannot publish what is blocked", self.status(id) == "pending", self.status(id))
        said = page.locator(".wp-list-table").inner_text()
        step(
            "list: the column shows the gates",
            all(gate in said for gate in ("Chưa đăng được", "Cần xem lại", "Có thể đăng")),
            said,
        )
        self.shot("list")
        self.site.classic(False)


def walk(drill: Drill, *, rest: bool) -> None:
    """Walk through all screens; in between, once the settings are made, publish over the REST API."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            person = Person(drill, browser.new_page(viewport=WIDE, locale="vi-VN"))
            person.log_in()
            person.settings()
            if rest:
                drill.rest()
            for part in (person.block_editor, person.classic_editor):
                try:
                    part()
                except Exception as error:
                    person.shot(f"trouble-{part.__name__}")
                    drill.step(part.__name__, False, error)
                    drill.site.classic(False)
            drill.step("no script failed and nothing of an article was run", not person.troubles, person.troubles)
        finally:
            browser.close()
