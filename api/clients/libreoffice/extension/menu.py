"""The menu “Soát giới” of Writer: check the open text, remove the comments, settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import unohelper
from com.sun.star.awt.MessageBoxType import ERRORBOX, INFOBOX
from com.sun.star.beans import PropertyValue
from com.sun.star.task import XJob, XJobExecutor
from soatgioi_comments import add, remove
from soatgioi_document import read
from soatgioi_server import Server, Trouble, findings
from soatgioi_settings import ask

SERVICE = "vn.soatgioi.Menu"
TITLE = "Soát giới"
NODE = "/vn.soatgioi.Settings/Server"
NAMES = ("Address", "Key", "Kind")


class Menu(unohelper.Base, XJobExecutor, XJob):
    """What the entries of the menu call, and what other programs call as a job."""

    def __init__(self, context: Any, *arguments: Any) -> None:
        self._context = context

    def trigger(self, command: str) -> None:
        """Do what an entry of the menu says, and tell in a box how it went."""
        desktop = self._make("com.sun.star.frame.Desktop")
        document = desktop.getCurrentComponent()
        try:
            self._tell(document, INFOBOX, self._do(command, document))
        except Trouble as trouble:
            self._tell(document, ERRORBOX, str(trouble))

    def execute(self, arguments: Any) -> str:
        """Do what is named ``Command`` with the ``Document``, and return how it went; nothing is shown."""
        given = {argument.Name: argument.Value for argument in arguments}
        try:
            return self._do(given["Command"], given.get("Document"))
        except Trouble as trouble:
            return str(trouble)

    def _do(self, command: str, document: Any) -> str:
        if command == "settings":
            return self._ask()
        if document is None or not document.supportsService("com.sun.star.text.TextDocument"):
            raise Trouble("Xin mở một văn bản Writer rồi chọn lại.")
        return self._check(document) if command == "check" else self._clear(document)

    def _check(self, document: Any) -> str:
        server = Server(**{name.lower(): value for name, value in self._settings().items()})
        laid = read(document)
        if not laid.text.strip():
            raise Trouble("Văn bản chưa có chữ nào để soát.")
        # Asked first: where the server does not answer, the comments of the last time stay.
        found = findings(server, laid.text)
        with _one_step(document):
            remove(document)
            add(document, laid, found)
        return f"Có {len(found)} chỗ nên xem lại, đã ghi bên lề." if found else "Chưa thấy chỗ nào cần xem lại."

    def _clear(self, document: Any) -> str:
        with _one_step(document):
            count = remove(document)
        return f"Đã xoá {count} ghi chú soát giới." if count else "Văn bản không có ghi chú soát giới."

    def _ask(self) -> str:
        values = ask(self._context, TITLE, self._settings())
        if values is None:
            return "Thiết lập giữ nguyên."
        node = self._configuration("com.sun.star.configuration.ConfigurationUpdateAccess")
        for name in NAMES:
            node.setPropertyValue(name, values[name])
        node.commitChanges()
        return "Đã lưu thiết lập."

    def _settings(self) -> dict[str, str]:
        node = self._configuration("com.sun.star.configuration.ConfigurationAccess")
        return {name: node.getPropertyValue(name) for name in NAMES}

    def _configuration(self, service: str) -> Any:
        path = PropertyValue()
        path.Name, path.Value = "nodepath", NODE
        provider = self._make("com.sun.star.configuration.ConfigurationProvider")
        return provider.createInstanceWithArguments(service, (path,))

    def _tell(self, document: Any, kind: Any, words: str) -> None:
        controller = document.getCurrentController() if document is not None else None
        window = controller.getFrame().getContainerWindow() if controller is not None else None
        box = self._make("com.sun.star.awt.Toolkit").createMessageBox(window, kind, 1, TITLE, words)
        box.execute()

    def _make(self, service: str) -> Any:
        return self._context.getServiceManager().createInstanceWithContext(service, self._context)


@contextmanager
def _one_step(document: Any) -> Iterator[None]:
    """Let one undo take back all that is changed."""
    changes = document.getUndoManager()
    changes.enterUndoContext(TITLE)
    try:
        yield
    finally:
        changes.leaveUndoContext()


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Menu, SERVICE, (SERVICE, "com.sun.star.task.Job"))
