"""A real SMTP server on a real socket, with faults that can be switched.

By hand: `python -m tests.standins.smtp 2525`, with SMTP_HOST=127.0.0.1 and SMTP_PORT=2525 for the product.
"""

import asyncio
import email
import email.policy
import socket
import sys
import time
from contextlib import contextmanager

from aiosmtpd.controller import Controller

FAULTS = ("", "temporary", "permanent", "drop", "slow")


class Handler:
    # ruff: noqa: N802  # aiosmtpd names its hooks so
    def __init__(self, echo=False):
        self.letters = []
        self.fault = ""
        self.slow_seconds = 3
        self.tries = 0
        self.echo = echo

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.tries += 1
        if self.fault == "permanent":
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.fault == "temporary":
            return "451 4.3.0 try again later"
        if self.fault == "slow":
            await asyncio.sleep(self.slow_seconds)
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.letters.append(letter)
        if self.echo:
            sys.stdout.write(f"{envelope.content.decode('utf-8', 'replace')}\n{'-' * 72}\n")
        if self.fault == "drop":  # taken, but the sender never hears of it
            server.transport.abort()
        return "250 OK"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def mail_server(port=0, *, echo=False):
    """Run the server; give its handler, whose `letters` are what came and `fault` what goes wrong."""
    handler = Handler(echo)
    controller = Controller(handler, hostname="127.0.0.1", port=port or free_port())
    controller.start()
    handler.port = controller.port
    try:
        yield handler
    finally:
        controller.stop()


if __name__ == "__main__":
    with mail_server(int(sys.argv[1]) if len(sys.argv) > 1 else 2525, echo=True) as running:
        sys.stdout.write(f"SMTP on 127.0.0.1:{running.port}\n")
        while True:
            time.sleep(3600)
