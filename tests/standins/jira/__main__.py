"""The stand-in as a program; control.py says how to act in it as tier II."""

import argparse
import sys
import threading

from tests.standins.jira import CLOUD, DATA_CENTER, start


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8095)
    parser.add_argument("--cloud", action="store_true")
    parser.add_argument("--webhook", default="", help="where to send what happens")
    parser.add_argument("--secret", default="", help="Cloud signs with it")
    words = parser.parse_args()
    server = start(CLOUD if words.cloud else DATA_CENTER, port=words.port, is_controlled=True)
    server.site.hooks.url, server.site.hooks.secret = words.webhook, words.secret
    who = f"{server.site.bot.email}:test-token" if words.cloud else "Bearer test-token"
    sys.stdout.write(f"Jira ({server.site.edition}): {server.site.address}  {who}\n")
    sys.stdout.flush()
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        server.shutdown()


if __name__ == "__main__":
    main()
