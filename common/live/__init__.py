"""The event stream: one small ASGI application that tells open pages what has changed."""

from common.live.stream import application

__all__ = ["application"]
