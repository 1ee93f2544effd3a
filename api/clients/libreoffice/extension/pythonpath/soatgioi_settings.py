"""The dialog of the settings: address of the server, key, kind of texts."""

from __future__ import annotations

from typing import Any

KINDS = (("auto", "tự nhận ra"), ("article", "tin bài"), ("regulation", "hương ước, quy ước"))
LABEL, FIELD = 84, 176
"""Widths, in the units of dialogs."""
OK, CANCEL = 1, 2


def ask(context: Any, title: str, values: dict[str, str]) -> dict[str, str] | None:
    """Show the settings and return them as changed; None where the dialog was cancelled."""
    make = context.getServiceManager().createInstanceWithContext
    model = make("com.sun.star.awt.UnoControlDialogModel", context)
    model.Title, model.Width, model.Height = title, LABEL + FIELD + 20, 92
    _line(model, 0, "Địa chỉ máy chủ", "Address", "Edit", Text=values["Address"])
    _line(model, 1, "Khoá (nếu có)", "Key", "Edit", Text=values["Key"], EchoChar=ord("•"))
    kinds = [kind for kind, _ in KINDS]
    chosen = kinds.index(values["Kind"]) if values["Kind"] in kinds else 0
    names = tuple(name for _, name in KINDS)
    _line(model, 2, "Loại văn bản", "Kind", "ListBox", Dropdown=True, StringItemList=names, SelectedItems=(chosen,))
    _place(model, "Save", "Button", 150, 68, 56, Label="Lưu", PushButtonType=OK, DefaultButton=True)
    _place(model, "Leave", "Button", 212, 68, 56, Label="Thôi", PushButtonType=CANCEL)
    dialog = make("com.sun.star.awt.UnoControlDialog", context)
    dialog.setModel(model)
    dialog.createPeer(make("com.sun.star.awt.Toolkit", context), None)
    try:
        if dialog.execute() != 1:
            return None
        kind = kinds[max(0, dialog.getControl("Kind").getSelectedItemPos())]
        return {
            "Address": dialog.getControl("Address").getText().strip(),
            "Key": dialog.getControl("Key").getText().strip(),
            "Kind": kind,
        }
    finally:
        dialog.dispose()


def _line(model: Any, number: int, label: str, name: str, kind: str, **values: Any) -> None:
    top = 8 + 18 * number
    _place(model, name + "Label", "FixedText", 8, top + 2, LABEL, Label=label)
    _place(model, name, kind, 8 + LABEL, top, FIELD, **values)


def _place(model: Any, name: str, kind: str, left: int, top: int, width: int, **values: Any) -> None:
    part = model.createInstance(f"com.sun.star.awt.UnoControl{kind}Model")
    part.Name, part.PositionX, part.PositionY, part.Width, part.Height = name, left, top, width, 14
    for field, value in values.items():
        setattr(part, field, value)
    model.insertByName(name, part)
