"""`make standins`: the business register's stand-in and a mail catcher, for trying things out by hand.

The register answers at 127.0.0.1:8090 with the cases of its data set; mail to 127.0.0.1:1025 is
printed here. `make run` looks at these two addresses unless var/env says otherwise.
"""

import signal
import subprocess
import sys
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from aiosmtpd.controller import Controller

ROOT = Path(__file__).resolve().parent.parent


class Printed:
    async def handle_DATA(self, server, session, envelope):  # noqa: N802  # aiosmtpd's name
        message = message_from_bytes(envelope.content, policy=default)
        body = message.get_body(("plain",))
        print(f"\n--- mail to {', '.join(envelope.rcpt_tos)}: {message['subject']}")
        print(body.get_content() if body else "")
        for part in message.iter_attachments():
            print(f"[attachment {part.get_filename()}]")
        sys.stdout.flush()
        return "250 taken"


def main() -> int:
    mail = Controller(Printed(), hostname="127.0.0.1", port=1025)
    mail.start()
    register = subprocess.Popen(
        [sys.executable, "-m", "tests.standins.register", "--port", "8090"], cwd=ROOT
    )
    print("Business register: http://127.0.0.1:8090/   mail: 127.0.0.1:1025   (Ctrl-C stops both)")
    try:
        register.wait()
    except KeyboardInterrupt:
        register.send_signal(signal.SIGINT)
        register.wait()
    finally:
        mail.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
