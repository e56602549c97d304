"""What the live server of the stories does besides answering by our own views."""

from django.contrib.staticfiles.handlers import StaticFilesHandler

from common.live.stream import PATH


class StoryHandler(StaticFilesHandler):
    """Static files may be kept by the browser, as in life, where their names are hashed.

    The event stream is a process of its own; a story that needs it starts it (`stream`) and is led
    to its port. Who asks here is told that there is none. A route in the browser could do the same,
    but would switch its cache off.
    """

    def __call__(self, environ, start_response):
        if environ["PATH_INFO"] == PATH:
            start_response("204 No Content", [])
            return [b""]
        return super().__call__(environ, start_response)

    def serve(self, request):
        answer = super().serve(request)
        answer["Cache-Control"] = "max-age=3600"
        return answer
