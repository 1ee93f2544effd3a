"""Drives a LibreOffice without windows over UNO; runs in the Python of the system, which has ``uno``.

Called with the name of a scene and its facts as JSON; prints what was seen as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import uno
from com.sun.star.beans import NamedValue, PropertyValue
from com.sun.star.lang import Locale
from com.sun.star.text.ControlCharacter import PARAGRAPH_BREAK

VIETNAMESE = Locale("vi", "VN", "")
TOOL = "org.openoffice.lingu.LanguageToolGrammarChecker"
PROOFREADING = 4
"""The kind of marks of grammar checkers (com.sun.star.text.TextMarkupType)."""
STARTING = 60
"""Seconds LibreOffice may take to start."""


class Office:
    """A LibreOffice that listens on a pipe."""

    def __init__(self, pipe: str) -> None:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        end = time.monotonic() + STARTING
        while True:
            try:
                self.context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                return
            except Exception:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)

    def make(self, service: str) -> Any:
        return self.context.ServiceManager.createInstanceWithContext(service, self.context)

    def configure(self, node: str, **values: Any) -> None:
        provider = self.make("com.sun.star.configuration.ConfigurationProvider")
        update = "com.sun.star.configuration.ConfigurationUpdateAccess"
        found = provider.createInstanceWithArguments(update, (_property("nodepath", node),))
        for name, value in values.items():
            found.setPropertyValue(name, value)
        found.commitChanges()

    def job(self, command: str, document: Any = None) -> str:
        arguments = [NamedValue("Command", command)]
        arguments += [NamedValue("Document", document)] if document is not None else []
        return self.make("vn.soatgioi.Menu").execute(tuple(arguments))

    def text(self) -> Any:
        """Return an empty text without a view: the package without windows has none for comments."""
        document = self.make("com.sun.star.text.TextDocument")
        document.initNew()
        return document


def built_in(office: Office, facts: dict[str, Any]) -> dict[str, Any]:
    """Check a text of Writer with its own client of LanguageTool."""
    office.configure(
        "/org.openoffice.Office.Linguistic/GrammarChecking/LanguageTool",
        BaseURL=facts["address"] + "/v2", Username=facts["user"], ApiKey=facts["key"], IsEnabled=True,
    )  # fmt: skip
    checker = office.make(TOOL)
    desktop = office.make("com.sun.star.frame.Desktop")
    document = desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, (_property("Hidden", True),))
    cursor = document.Text.createTextCursor()
    cursor.CharLocale = VIETNAMESE
    _write(document.Text, cursor, facts["paragraphs"])
    proofreading = office.make("com.sun.star.linguistic2.ProofreadingIterator")
    paragraphs = document.getFlatParagraphIterator(PROOFREADING, False)
    paragraph, found = paragraphs.getFirstPara(), []
    while paragraph is not None:
        words = paragraph.getText()
        locale = paragraph.getLanguageOfText(0, len(words))
        result = proofreading.checkSentenceAtPosition(document, paragraph, words, locale, 0, len(words), 0)
        found.append([
            {"start": error.nErrorStart, "length": error.nErrorLength, "says": error.aShortComment,
             "title": error.aFullComment, "instead": list(error.aSuggestions)}
            for error in result.aErrors
        ])  # fmt: skip
        paragraph = paragraphs.getNextPara()
    document.close(True)
    locales = [f"{locale.Language}-{locale.Country}" for locale in checker.getLocales()]
    return {"locales": locales, "vietnamese": bool(checker.hasLocale(VIETNAMESE)), "found": found}


def extension(office: Office, facts: dict[str, Any]) -> dict[str, Any]:
    """Check a text twice with the extension, with a comment of a person in it, save it, and clear it."""
    office.configure("/vn.soatgioi.Settings/Server", Address=facts["address"], Key=facts["key"], Kind=facts["kind"])
    document = office.text()
    cursor = document.Text.createTextCursor()
    _write(document.Text, cursor, facts["paragraphs"])
    table = document.createInstance("com.sun.star.text.TextTable")
    table.initialize(1, 2)
    document.Text.insertTextContent(cursor, table, False)
    for name, words in zip(("A1", "B1"), facts["cells"]):  # noqa: B905 # also runs in older Pythons
        table.getCellByName(name).setString(words)
    _comment(document, "Biên tập viên", "Xem lại câu này.")
    said = [office.job("check", document)]
    once = _comments(document)
    said.append(office.job("check", document))
    twice = _comments(document)
    for suffix, name in (("odt", "writer8"), ("docx", "MS Word 2007 XML")):
        document.storeToURL(facts["folder"] + "/soat." + suffix, (_property("FilterName", name),))
    before = document.Text.getString()
    said.append(office.job("clear", document))
    return {"said": said, "once": once, "twice": twice, "cleared": _comments(document),
            "same": before == document.Text.getString()}  # fmt: skip


def elsewhere(office: Office, facts: dict[str, Any]) -> dict[str, Any]:
    """Check a text with words in a note, in a frame, in a table within a table, and struck out."""
    office.configure("/vn.soatgioi.Settings/Server", Address=facts["address"], Key=facts["key"], Kind="article")
    document, words = office.text(), facts["words"]
    _write(document.Text, document.Text.createTextCursor(), [facts["plain"], words["struck"]])
    note = document.createInstance("com.sun.star.text.Footnote")
    document.Text.insertTextContent(document.Text.getStart(), note, False)
    note.setString(words["note"])
    frame = document.createInstance("com.sun.star.text.TextFrame")
    document.Text.insertTextContent(document.Text.getStart(), frame, False)
    frame.setString(words["frame"])
    outer, inner = (document.createInstance("com.sun.star.text.TextTable") for _ in range(2))
    outer.initialize(1, 1)
    inner.initialize(1, 1)
    document.Text.insertTextContent(document.Text.getStart(), outer, False)
    cell = outer.getCellByName("A1")
    cell.insertTextContent(cell.getStart(), inner, False)
    inner.getCellByName("A1").setString(words["inner"])
    document.RecordChanges = True
    cursor = document.Text.createTextCursorByRange(document.Text.getEnd())
    cursor.gotoStartOfParagraph(True)
    cursor.setString("")
    document.RecordChanges = False
    return {"said": office.job("check", document), "comments": _comments(document)}


def troubles(office: Office, facts: dict[str, Any]) -> dict[str, Any]:
    """Meet what can go wrong."""

    def saying(words: str, **settings: str) -> str:
        office.configure("/vn.soatgioi.Settings/Server", **{"Key": facts["key"], "Kind": "auto", **settings})
        document = office.text()
        document.Text.setString(words)
        return office.job("check", document)

    here, words = facts["address"], "Bản Co Muông họp bàn việc làm đường."
    return {
        "no document": office.job("check"),
        "empty": saying("", Address=here),
        "no server": saying(words, Address="http://127.0.0.1:1"),
        "no address": saying(words, Address="may-chu"),
        "wrong key": saying(words, Address=here, Key="ga_sai"),
        "wrong server": saying(words, Address=here + "/clients"),
        "another tongue": saying("The quick brown fox jumps over the lazy dog, said nobody at all.", Address=here),
    }


def menu(office: Office, facts: dict[str, Any]) -> dict[str, Any]:
    """Choose the entry of the menu as the menu does; its box goes away by itself where there are no windows."""
    office.configure("/vn.soatgioi.Settings/Server", Address=facts["address"], Key=facts["key"], Kind="auto")
    desktop = office.make("com.sun.star.frame.Desktop")
    document = desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, ())
    document.Text.setString("Bản Co Muông họp bàn việc làm đường.")
    dispatcher = office.make("com.sun.star.frame.DispatchHelper")
    frame = document.CurrentController.Frame
    result = dispatcher.executeDispatch(frame, "service:vn.soatgioi.Menu?check", "", 0, ())
    document.close(True)
    return {"state": result.State, "entries": _entries(office)}


def _entries(office: Office) -> list[list[str]]:
    provider = office.make("com.sun.star.configuration.ConfigurationProvider")
    node = provider.createInstanceWithArguments(
        "com.sun.star.configuration.ConfigurationAccess",
        (_property("nodepath", "/org.openoffice.Office.Addons/AddonUI/OfficeMenuBar/vn.soatgioi/Submenu"),),
    )
    return [[node.getByName(name).Title, node.getByName(name).URL] for name in sorted(node.getElementNames())]


def _write(text: Any, cursor: Any, paragraphs: list[str]) -> None:
    for number, words in enumerate(paragraphs):
        if number:
            text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
        text.insertString(cursor, words, False)
        cursor.gotoEnd(False)


def _comment(document: Any, author: str, words: str) -> None:
    comment = document.createInstance("com.sun.star.text.textfield.Annotation")
    comment.Author, comment.Content = author, words
    document.Text.insertTextContent(document.Text.getStart(), comment, False)


def _comments(document: Any) -> list[dict[str, str]]:
    found, fields = [], document.getTextFields().createEnumeration()
    while fields.hasMoreElements():
        field = fields.nextElement()
        found.append({"author": field.Author, "marks": field.getAnchor().getString(), "says": field.Content})
    return sorted(found, key=lambda one: (one["author"], one["marks"], one["says"]))


def _property(name: str, value: Any) -> Any:
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


def main() -> None:
    """Play a scene, then end LibreOffice."""
    facts = json.loads(sys.argv[2])
    office = Office(facts["pipe"])
    try:
        print(json.dumps(globals()[sys.argv[1]](office, facts)))
    finally:
        office.make("com.sun.star.frame.Desktop").terminate()


if __name__ == "__main__":
    main()
