"""A WordPress of Debian's packages with its database, private to a folder, gone when it is closed.

MariaDB listens on a socket only, PHP's own server on a port of this machine. Nothing of /etc or /var is used.
"""

from __future__ import annotations

import getpass
import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from api.clients import wordpress

PACKAGE = Path("/usr/share/wordpress")
THEME = Path("/usr/share/wordpress/wp-content/themes/twentytwentythree")
NEEDED = ("setpriv", "php", "mariadbd", "mariadb-install-db", "mariadb")
PATIENCE = 120.0
ADMIN, PASSWORD = "toa-soan", "mot mat khau du dai"
_CONFIG = """<?php
define( 'DB_NAME', 'wordpress' );
define( 'DB_USER', '{user}' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', 'localhost:{socket}' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'WP_HOME', '{address}' );
define( 'WP_SITEURL', '{address}' );
// Application passwords without https are for sites on one's own machine.
define( 'WP_ENVIRONMENT_TYPE', 'local' );
define( 'WP_DEBUG', true );
define( 'WP_DEBUG_DISPLAY', false );
define( 'WP_DEBUG_LOG', '{log}' );
define( 'DISABLE_WP_CRON', true );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $name ) {{
    define( $name . '_KEY', md5( $name . '{socket}' ) );
    define( $name . '_SALT', md5( '{socket}' . $name ) );
}}
$table_prefix = 'wp_';
defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );
require_once ABSPATH . 'wp-settings.php';
"""
_INSTALL = """
define( 'WP_INSTALLING', true );
require 'wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install( 'Báo thử', '{admin}', 'toa-soan@example.vn', false, '', '{password}', 'vi' );
"""
_CLASSIC = "<?php\nadd_filter( 'use_block_editor_for_post', '__return_false' );\n"


class Site:
    """A running WordPress with the plugin in its folder, not yet activated."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "www"
        self.log = folder / "debug.log"
        self._socket = folder / "db.sock"
        self._started: list[subprocess.Popen[bytes]] = []
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Site:
        try:
            self._database()
            self._files()
            self._run("install", _INSTALL.format(admin=ADMIN, password=PASSWORD))
            words = ["php", "-S", f"127.0.0.1:{self.port}", "-t", str(self.root)]
            self._start(words, "php")
            self._wait(self._answers, "PHP")
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all processes, the last started first."""
        for process in reversed(self._started):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self._started.clear()

    def php(self, code: str) -> Any:
        """Run PHP within WordPress; return the value of ``return``."""
        wrapped = "require 'wp-load.php'; echo json_encode( ( function () {\nglobal $wpdb;\n" + code + "\n} )() );"
        said = self._run("code", wrapped)
        return json.loads(said) if said.strip() else None

    def classic(self, wanted: bool) -> None:
        """Choose the classic editor, or the block editor."""
        file = self.root / "wp-content" / "mu-plugins" / "classic.php"
        file.parent.mkdir(exist_ok=True)
        file.unlink(missing_ok=True)
        if wanted:
            file.write_text(_CLASSIC)

    def complaints(self) -> list[str]:
        """Return what PHP complained of in the plugin."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return [line for line in lines if wordpress.FOLDER in line]

    def _database(self) -> None:
        data, user = self.folder / "db", getpass.getuser()
        subprocess.run(
            ["mariadb-install-db", "--no-defaults", f"--datadir={data}", f"--user={user}", "--skip-test-db",
             "--auth-root-authentication-method=normal"],
            check=True, capture_output=True,
        )  # fmt: skip
        self._start(
            ["mariadbd", "--no-defaults", f"--datadir={data}", f"--socket={self._socket}", f"--user={user}",
             "--skip-networking", "--innodb-buffer-pool-size=64M", f"--pid-file={self.folder / 'db.pid'}"],
            "mariadbd",
        )  # fmt: skip
        self._wait(lambda: self._sql("SELECT 1"), "MariaDB")
        self._sql("CREATE DATABASE wordpress CHARACTER SET utf8mb4")

    def _sql(self, words: str) -> bool:
        command = ["mariadb", "--no-defaults", f"--socket={self._socket}", "--user=root", "-e", words]
        return subprocess.run(command, capture_output=True).returncode == 0

    def _files(self) -> None:
        languages = PACKAGE / "wp-content" / "languages"
        shutil.copytree(PACKAGE, self.root, ignore=lambda at, _: ["languages"] if at.endswith("wp-content") else [])
        if (languages / "vi.mo").exists():
            (self.root / "wp-content" / "languages").mkdir()
            shutil.copy(languages / "vi.mo", self.root / "wp-content" / "languages")
        config = _CONFIG.format(user="root", socket=self._socket, address=self.address, log=self.log)
        (self.root / "wp-config.php").write_text(config)
        for name, data in wordpress.files():
            file = self.root / "wp-content" / "plugins" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)

    def _start(self, words: list[str], name: str) -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            self._started.append(
                subprocess.Popen(
                    # Even where the drill is killed they end with it.
                    ["setpriv", "--pdeathsig", "TERM", *words],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            )

    def _run(self, name: str, code: str) -> str:
        file = self.root / f"drill-{name}.php"
        file.write_text(f"<?php\n$_SERVER['HTTP_HOST'] = '127.0.0.1:{self.port}';\n{code}\n")
        done = subprocess.run(["php", file.name], cwd=self.root, capture_output=True, text=True, timeout=PATIENCE)
        file.unlink()
        if done.returncode:
            raise RuntimeError(f"{name}: {done.stderr}{done.stdout}")
        return done.stdout

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/wp-login.php", timeout=30) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _wait(self, ready: Any, name: str) -> None:
        until = time.monotonic() + PATIENCE
        while not ready():
            if time.monotonic() > until or self._started[-1].poll() is not None:
                said = "".join(log.read_text(errors="replace")[-2000:] for log in self.folder.glob("*.log"))
                raise RuntimeError(f"{name} does not start:\n{said}")
            time.sleep(0.3)
