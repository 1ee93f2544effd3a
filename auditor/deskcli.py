"""The commands of the review desk: people who log in, keys and hooks of newsrooms' programs, and the audit trail.

The store is imported inside the commands, so that the other commands do not wait for it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from auditor.console import coded_errors, misused, one_of, say
from auditor.errors import StoreError

if TYPE_CHECKING:
    from auditor.store import Change, Store
    from auditor.store.words import Role

BROKEN = 1

StorePath = Annotated[
    Path, typer.Option("--store", envvar="AUDITOR_STORE", help="Tệp kho dữ liệu của bàn rà soát.")
]  # fmt: skip
Login = Annotated[str, typer.Argument(metavar="TÊN", help="Tên đăng nhập: chữ không dấu, số và . _ - @")]
HERE = Path("soat-gioi.db")
ROLES_HELP = (
    "Vai trò: admin (quản trị), reviewer (rà soát viên), legal (pháp chế), commune (cán bộ xã), newsroom (toà soạn), "
    "viewer (chỉ xem)."
)

user_app = typer.Typer(help="Người dùng của bàn rà soát: thêm, xem, đặt lại mật khẩu.", no_args_is_help=True)
key_app = typer.Typer(help="Khoá để chương trình của toà soạn soát bài.", no_args_is_help=True)
hook_app = typer.Typer(help="Địa chỉ nhận tin (webhook) của toà soạn.", no_args_is_help=True)
trail_app = typer.Typer(help="Nhật ký của bàn rà soát.", no_args_is_help=True)


@user_app.command("add")
def add_user(
    login: Login,
    role: Annotated[str, typer.Option(help=ROLES_HELP)],
    name: Annotated[str, typer.Option(help="Họ và tên; không ghi thì lấy tên đăng nhập.")] = "",
    commune: Annotated[str | None, typer.Option(help="Xã, phường của cán bộ xã: tên hoặc mã.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Tên toà soạn của người thuộc toà soạn.")] = None,
    store: StorePath = HERE,
) -> None:
    """Thêm một người và in mật khẩu dùng một lần; người ấy phải đổi ở lần đăng nhập đầu tiên.

    Mã thoát: 0 đã thêm; 2 lệnh gõ chưa đúng hoặc kho dữ liệu không dùng được.
    """
    from auditor.store import Store, passwords, units, users
    from auditor.store.words import ROLES

    one_of("--role", role, tuple(ROLES))
    password = passwords.passphrase()
    with coded_errors(), Store(store).change() as change:
        units.seed(change)
        found = users.add(
            change, login, name, cast("Role", role), password,
            unit_id=_commune(change, commune), outlet_id=_outlet(change, outlet),
        )  # fmt: skip
    _hand_out(found.login, password)


@user_app.command("list")
def list_users(store: StorePath = HERE) -> None:
    """In danh sách người dùng: tên đăng nhập, họ tên, vai trò, nơi thuộc về, trạng thái.

    Mã thoát: 0 đã in; 2 kho dữ liệu không dùng được.
    """
    from auditor.store import users
    from auditor.store.words import ROLES

    with coded_errors(), _standing(store).read() as db:
        for one in users.accounts(db):
            state = "" if one.user.active else "đã khoá"
            typer.echo("\t".join((one.user.login, one.user.name, ROLES[one.user.role], one.place, state)).rstrip())


@user_app.command("reset")
def reset_user(login: Login, store: StorePath = HERE) -> None:
    """Đặt lại mật khẩu của một người và in mật khẩu mới, dùng một lần.

    Mã thoát: 0 đã đặt lại; 2 không có người ấy hoặc kho dữ liệu không dùng được.
    """
    from auditor.store import users

    with coded_errors(), _standing(store).change() as change:
        try:
            found = users.find(change.db, login)
        except StoreError:
            misused(f"Không có người dùng {login}. Xem danh sách bằng lệnh: auditor user list")
        password = users.reset(change, found)
    _hand_out(found.login, password)


KeyId = Annotated[int, typer.Argument(metavar="SỐ", help="Số của khoá, xem bằng: auditor key list")]


@key_app.command("add")
def add_key(
    outlet: Annotated[str, typer.Option(help="Tên toà soạn.")],
    name: Annotated[str, typer.Option(help="Khoá dùng cho việc gì, ví dụ CMS.")],
    scope: Annotated[list[str] | None, typer.Option(help="Quyền: check (soát bài), read (đọc mục tiêu).")] = None,
    store: StorePath = HERE,
) -> None:
    """Tạo khoá cho một toà soạn và in ra, chỉ một lần.

    Mã thoát: 0 đã tạo; 2 không có toà soạn ấy hoặc kho dữ liệu không dùng được.
    """
    from auditor.store import keys

    with coded_errors(), _standing(store).change() as change:
        outlet_id = _outlet(change, outlet)
        assert outlet_id is not None
        key, secret = keys.add(change, outlet_id, name, scope or keys.SCOPES)
    _hand_out_key(key.id, secret)


@key_app.command("list")
def list_keys(store: StorePath = HERE) -> None:
    """In các khoá: số, toà soạn, tên, phần đầu của khoá, quyền, số bài đã soát trong 31 ngày, trạng thái.

    Mã thoát: 0 đã in; 2 kho dữ liệu không dùng được.
    """
    from auditor.store import keys

    with coded_errors(), _standing(store).read() as db:
        for one in keys.everyone(db):
            checks = sum(day.checks for day in keys.usage(db, one.id))
            state = "đã thu hồi" if one.revoked_at else "sắp thôi dùng" if one.ends_at else ""
            cells = (str(one.id), one.outlet, one.name, f"{one.prefix}…", ",".join(one.scopes), str(checks), state)
            typer.echo("\t".join(cells).rstrip())


@key_app.command("rotate")
def rotate_key(id: KeyId, store: StorePath = HERE) -> None:
    """Tạo khoá mới thay khoá cũ; khoá cũ còn dùng được một ngày.

    Mã thoát: 0 đã đổi; 2 không có khoá ấy, khoá đã thu hồi, hoặc kho dữ liệu không dùng được.
    """
    from auditor.store import keys

    with coded_errors(), _standing(store).change() as change:
        key, secret = keys.rotate(change, keys.get(change.db, id))
    _hand_out_key(key.id, secret)


@key_app.command("revoke")
def revoke_key(id: KeyId, store: StorePath = HERE) -> None:
    """Thu hồi một khoá ngay.

    Mã thoát: 0 đã thu hồi; 2 không có khoá ấy hoặc kho dữ liệu không dùng được.
    """
    from auditor.store import keys

    with coded_errors(), _standing(store).change() as change:
        keys.revoke(change, keys.get(change.db, id))
    say(f"Đã thu hồi khoá số {id}; chương trình dùng khoá ấy bị từ chối trong vài giây.")


@hook_app.command("add")
def add_hook(
    outlet: Annotated[str, typer.Option(help="Tên toà soạn.")],
    url: Annotated[str, typer.Option(help="Địa chỉ nhận tin, http hoặc https.")],
    event: Annotated[
        list[str] | None,
        typer.Option(help="Việc cần báo: check.block (bài chưa đăng được), check.review (bài cần xem lại)."),
    ] = None,
    store: StorePath = HERE,
) -> None:
    """Thêm địa chỉ nhận tin cho một toà soạn và in chuỗi bí mật để kiểm tra chữ ký, chỉ một lần.

    Mã thoát: 0 đã thêm; 2 không có toà soạn ấy, địa chỉ chưa đúng, hoặc kho dữ liệu không dùng được.
    """
    from auditor.store import hooks

    with coded_errors(), _standing(store).change() as change:
        outlet_id = _outlet(change, outlet)
        assert outlet_id is not None
        hook, secret = hooks.add(change, outlet_id, url, event or hooks.EVENTS)
    typer.echo(f"{hook.id}\t{secret}")
    say("Chuỗi bí mật này chỉ hiện một lần. Hãy cất vào cài đặt của chương trình nhận tin.")


@hook_app.command("list")
def list_hooks(store: StorePath = HERE) -> None:
    """In các địa chỉ nhận tin: số, toà soạn, địa chỉ, việc cần báo, trạng thái của lần báo mới nhất.

    Mã thoát: 0 đã in; 2 kho dữ liệu không dùng được.
    """
    from auditor.store import hooks

    with coded_errors(), _standing(store).read() as db:
        for one in hooks.everyone(db):
            latest = next(iter(hooks.deliveries(db, one.id, 1)), None)
            state = "đã dừng" if one.stopped_at else hooks.STATES[latest.state] if latest else ""
            typer.echo("\t".join((str(one.id), one.outlet, one.url, ",".join(one.events), state)).rstrip())


@hook_app.command("remove")
def remove_hook(
    id: Annotated[int, typer.Argument(metavar="SỐ", help="Số của địa chỉ, xem bằng: auditor hook list")],
    store: StorePath = HERE,
) -> None:
    """Gỡ một địa chỉ nhận tin.

    Mã thoát: 0 đã gỡ; 2 không có địa chỉ ấy hoặc kho dữ liệu không dùng được.
    """
    from auditor.store import hooks

    with coded_errors(), _standing(store).change() as change:
        hooks.remove(change, hooks.find(change.db, id))
    say(f"Đã gỡ địa chỉ nhận tin số {id}.")


@trail_app.command("verify")
def verify_trail(
    store: StorePath = HERE,
    known: Annotated[
        str | None,
        typer.Option("--known", metavar="MÃ", help="Mã cuối ghi lại ở lần kiểm tra trước; phải còn trong chuỗi."),
    ] = None,
) -> None:
    """Kiểm tra chuỗi nhật ký: có dòng nào bị sửa hay bị gỡ không.

    Mã thoát: 0 nguyên vẹn; 1 chuỗi đứt (nói rõ ở dòng nào); 2 kho dữ liệu không dùng được.
    """
    from auditor.store import trail

    with coded_errors(), _standing(store).read() as db:
        found = trail.verify(db)
        kept = known is None or trail.holds(db, known)
    if found.broken_at is not None:
        say(f"Chuỗi nhật ký đứt ở dòng {found.broken_at}: dòng ấy đã bị sửa, hoặc một dòng trước đó đã bị gỡ.")
    elif not kept:
        say(f"Mã {known} không còn trong chuỗi: những dòng cuối của nhật ký đã bị gỡ hoặc đây là một kho khác.")
    else:
        typer.echo(f"Nhật ký nguyên vẹn: {found.lines} dòng. Mã cuối: {found.last}")
        return
    raise typer.Exit(BROKEN)


def _standing(path: Path) -> Store:
    """Open a store that must stand already, so that a mistyped path does not make an empty one."""
    from auditor.store import Store

    if not path.is_file():
        misused(f"Chưa có kho dữ liệu {path}. Hãy ghi đúng --store, hoặc thêm người đầu tiên bằng: auditor user add")
    return Store(path)


def _commune(change: Change, words: str | None) -> int | None:
    from auditor.store import units

    if words is None:
        return None
    found = units.find_commune(change.db, words)
    if found is None:
        misused(f"Không có xã, phường “{words}”. Hãy ghi tên như “Bình Lư”, hoặc mã 5 chữ số.")
    return found.id


def _outlet(change: Change, name: str | None) -> int | None:
    if name is None:
        return None
    row = change.db.execute("SELECT id FROM outlets WHERE name = ? COLLATE NOCASE", [name.strip()]).fetchone()
    if row is None:
        misused(f"Không có toà soạn “{name}”. Hãy thêm toà soạn ở trang Toà soạn trước.")
    return int(row["id"])


def _hand_out_key(id: int, secret: str) -> None:
    typer.echo(f"{id}\t{secret}")
    say("Khoá này chỉ hiện một lần. Hãy cất vào cài đặt của chương trình toà soạn, đừng để trong trang bạn đọc thấy.")


def _hand_out(login: str, password: str) -> None:
    typer.echo(f"{login}\t{password}")
    say("Mật khẩu này chỉ hiện một lần, và phải được đổi ở lần đăng nhập tới.")
