"""The commands that start the review desk: ``auditor serve``, and ``auditor demo`` for a store to try it with."""

from __future__ import annotations

import signal
import socket
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from auditor.console import coded_errors, say
from auditor.errors import ApiError
from auditor.store import Store, units, users

HERE = Path("soat-gioi.db")
GRACE = 5
"""Seconds requests under way are given when the server ends."""

StorePath = Annotated[Path, typer.Option("--store", envvar="AUDITOR_STORE", help="Tệp kho dữ liệu của bàn rà soát.")]


def serve(
    host: Annotated[str, typer.Option(help="Địa chỉ lắng nghe; 0.0.0.0 cho máy khác trong mạng.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Cổng; 0 để máy tự chọn.")] = 8000,
    proxy: Annotated[
        str | None,
        typer.Option(help="Địa chỉ của máy chủ https đứng trước; không ghi thì không tin lời khai về người gửi."),
    ] = None,
    checkers: Annotated[
        int, typer.Option(min=0, max=64, help="Số tiến trình soát bài cho toà soạn (API, LanguageTool); 0 là không mở.")
    ] = 1,
    keyless: Annotated[
        bool,
        typer.Option("--keyless", help="Cho soát qua LanguageTool không cần khoá; chỉ nên dùng trong mạng nội bộ."),
    ] = False,
    hooks_inside: Annotated[
        bool,
        typer.Option(
            "--hooks-inside",
            help="Cho báo tin (webhook) tới máy trong mạng nội bộ; không ghi thì chỉ gọi ra ngoài.",
        ),
    ] = False,
    origin: Annotated[
        list[str] | None,
        typer.Option(
            help="Địa chỉ gốc của CMS được gọi API từ trang của mình, như https://cms.toasoan.vn; ghi được nhiều lần. "
            "Không ghi thì trang ở nơi khác không gọi được."
        ),
    ] = None,
    store: StorePath = HERE,
) -> None:
    """Chạy bàn rà soát trên trình duyệt, kèm một tiến trình đọc văn bản và các tiến trình soát bài cho toà soạn.

    Mã thoát: 0 đã dừng theo ý người dùng; 2 không mở được cổng hoặc kho dữ liệu.
    """
    # Imported here because only the server needs them.
    import uvicorn

    from api import origins
    from api.app import create_app
    from api.checks.service import Service
    from api.connection import Connection
    from auditor.checks.pool import ProcessPool
    from auditor.worker.supervisor import Supervisor

    with coded_errors():
        elsewhere = origins.named(origin or ())
        opened = _ready(store)
        listening = _listening(host, port)
    signal.signal(signal.SIGTERM, _stop)
    checks = Service(opened, ProcessPool(checkers), keyless=keyless) if checkers else None
    config = uvicorn.Config(
        create_app(opened, checks, elsewhere), log_level="warning", access_log=False, server_header=False,
        http=Connection, ws="none",
        timeout_graceful_shutdown=GRACE, proxy_headers=proxy is not None, forwarded_allow_ips=proxy,
    )  # fmt: skip
    name, chosen = listening.getsockname()[:2]
    say(f"Bàn rà soát: http://{f'[{name}]' if ':' in name else name}:{chosen} (bấm Ctrl-C để dừng)")
    try:
        with listening, Supervisor(opened, inside=hooks_inside):
            uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        if checks is not None:
            checks.close()
    say("Đã dừng. Việc đang đọc dở sẽ được đọc tiếp ở lần chạy sau.")


def demo(store: StorePath = HERE) -> None:
    """Tạo kho dữ liệu mẫu để dùng thử, in tên đăng nhập và mật khẩu của từng vai trò; chạy lại chỉ đặt lại mật khẩu.

    Mã thoát: 0 đã tạo; 2 kho đã có dữ liệu khác hoặc không ghi được.
    """
    from auditor.store.words import ROLES
    from auditor.worker.demo import fill

    with coded_errors():
        people = fill(Store(store))
    for user, password in people:
        typer.echo(f"{ROLES[user.role]}\t{user.login}\t{password}")
    say(f"Đã có kho mẫu {store}. Chạy: auditor serve --store {store}, rồi đăng nhập bằng một tài khoản ở trên.")


def _ready(path: Path) -> Store:
    """Open the store with its units, and say how to make the first person where there is none."""
    store = Store(path)
    with store.change() as change:
        units.seed(change)
        people = users.everyone(change.db)
    if not people:
        say(
            "Chưa có người dùng nào. Thêm người đầu tiên bằng lệnh:\n"
            f"  auditor user add quan-tri --role admin --store {path}\n"
            "hoặc dừng lại và dùng thử với dữ liệu mẫu:\n"
            "  auditor demo --store dung-thu.db\n  auditor serve --store dung-thu.db"
        )
    return store


def _listening(host: str, port: int) -> socket.socket:
    """Open the port.

    Raises:
        ApiError: GA416, it is taken or may not be opened.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.create_server(address[:2], family=family, backlog=512)
    except OSError as error:
        raise ApiError(
            "GA416",
            f"Không mở được địa chỉ {host}:{port} ({error.strerror}). Có thể bàn rà soát đang chạy rồi; "
            "nếu không, hãy chọn cổng khác, ví dụ --port 8001.",
        ) from error
    listening.set_inheritable(False)
    return listening


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
