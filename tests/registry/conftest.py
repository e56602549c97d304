import pytest

from tests.standins.register import start


@pytest.fixture
def register(settings):
    """The stand-in of the business register, on a real socket."""
    server = start()
    settings.REGISTER_URL = f"http://127.0.0.1:{server.server_port}/"
    settings.REGISTER_USER = settings.REGISTER_PASSWORD = "test"
    settings.REGISTER_TIMEOUT_SECONDS = 5
    yield server.register
    server.shutdown()
    server.server_close()
