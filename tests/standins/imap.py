"""A real IMAP server (Dovecot) on a real socket, and a wire in front of it that can be cut.

By hand: `python -m tests.standins.imap 1143`, with IMAP_URL=imap://klienditugi:secret@127.0.0.1:1143/INBOX.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from imapclient import IMAPClient

from tests.standins.smtp import free_port

USER, PASSWORD = "klienditugi", "secret"
NOBODY = 65534
DOVECOT = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")

CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
ssl = no
disable_plaintext_auth = no
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {login_user}
mail_location = maildir:{folder}/mail
mail_uid = {uid}
mail_gid = {gid}
first_valid_uid = 0
first_valid_gid = 0
mail_max_userip_connections = 50
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
namespace inbox {{
  inbox = yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


class Mailbox:
    """The server's mail on the disk, and the wire to it."""

    def __init__(self, folder, server_port):
        self.folder, self.server_port = folder, server_port
        self.wire = Wire(server_port)
        self.delivered = 0

    @property
    def url(self):
        return f"imap://{USER}:{PASSWORD}@127.0.0.1:{self.wire.port}/INBOX"

    def deliver(self, *letters):
        """Put letters where the mail server puts them, byte by byte as they are."""
        new = self.folder / "mail" / "new"
        for letter in letters:
            self.delivered += 1
            name = f"{1_700_000_000 + self.delivered}.M{self.delivered}P1.test"
            waiting = self.folder / "mail" / "tmp" / name
            waiting.write_bytes(bytes(letter))
            os.chown(waiting, new.stat().st_uid, new.stat().st_gid)
            waiting.rename(new / name)

    @contextmanager
    def connected(self):
        client = IMAPClient("127.0.0.1", port=self.server_port, ssl=False, timeout=60)
        client.login(USER, PASSWORD)
        try:
            yield client
        finally:
            with contextlib.suppress(OSError, client.Error):
                client.logout()

    def count(self, folder="INBOX"):
        with self.connected() as client:
            return client.folder_status(folder, ["MESSAGES"])[b"MESSAGES"]

    def renumber(self):
        """The server loses its list of numbers: every letter has a new one, and UIDVALIDITY changes."""
        for path in (self.folder / "mail").glob("dovecot*"):
            path.unlink()
        time.sleep(1.1)  # UIDVALIDITY is the second in which the list was begun
        with self.connected() as client:
            client.select_folder("INBOX")

    def log(self):
        return (self.folder / "log").read_text("utf-8", "replace")


class Wire:
    """Carries bytes to the server and back; what is wrong with it is set by `fault`.

    "": nothing. "refuse": no connection is taken. "silent": taken, and nothing ever said.
    "cut": cut after `bytes_left` bytes of the server's, be it in the middle of a letter.
    "slow": each answer waits `slow_seconds`.
    """

    def __init__(self, server_port):
        self.server_port = server_port
        self.fault, self.bytes_left, self.slow_seconds = "", 0, 3
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.is_open = True
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self):
        self.is_open = False
        self.listening.close()

    def _listen(self):
        while self.is_open:
            try:
                client, _address = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        if self.fault == "refuse":
            client.close()
            return
        if self.fault == "silent":
            while self.is_open and self.fault == "silent":
                time.sleep(0.05)
            client.close()
            return
        server = socket.create_connection(("127.0.0.1", self.server_port))
        threading.Thread(target=self._carry, args=(client, server), daemon=True).start()
        self._carry(server, client, is_answer=True)

    def _carry(self, source, target, *, is_answer=False):
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 16):
                if is_answer and self.fault == "slow":
                    time.sleep(self.slow_seconds)
                if is_answer and self.fault == "cut":
                    data, self.bytes_left = data[: self.bytes_left], self.bytes_left - len(data)
                    target.sendall(data)
                    if self.bytes_left <= 0:
                        break
                    continue
                target.sendall(data)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextmanager
def imap_server(port=0):
    """Run the server in a folder of its own; give its mailbox."""
    with tempfile.TemporaryDirectory(prefix="imap-") as name:
        folder, port = Path(name), port or free_port()
        for made in ("run", "home", "mail", "mail/new", "mail/cur", "mail/tmp"):
            (folder / made).mkdir(mode=0o755)
        is_root = os.geteuid() == 0
        own = folder.owner()
        # It never opens mail as root.
        uid, gid = (NOBODY, NOBODY) if is_root else (os.geteuid(), os.getegid())
        if is_root:
            for path in (folder / "home", *folder.glob("mail/**/")):
                os.chown(path, uid, gid)
        (folder / "conf").write_text(
            CONFIGURATION.format(
                folder=folder,
                port=port,
                password=PASSWORD,
                user="dovecot" if is_root else own,
                group="dovecot" if is_root else folder.group(),
                login_user="dovenull" if is_root else own,
                uid=uid,
                gid=gid,
            )
        )
        folder.chmod(0o755)
        process = subprocess.Popen(
            [DOVECOT, "-F", "-c", str(folder / "conf")],
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        mailbox = Mailbox(folder, port)
        try:
            _wait_for(port, process)
            yield mailbox
        finally:
            mailbox.wire.close()
            # It would take a second to say goodbye, and nothing of it is kept.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)
            process.stderr.close()


def _wait_for(port, process):
    for _ in range(200):
        if process.poll() is not None:
            raise RuntimeError(process.stderr.read().decode())
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", port), 1) as probe,
        ):
            if probe.recv(4) == b"* OK":
                return
        time.sleep(0.05)
    raise TimeoutError("the IMAP server did not start")


if __name__ == "__main__":
    with imap_server(int(sys.argv[1]) if len(sys.argv) > 1 else 1143) as running:
        sys.stdout.write(f"IMAP at {running.url} (or on 127.0.0.1:{running.server_port})\n")
        while True:
            time.sleep(3600)
