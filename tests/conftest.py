import gc

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.management.commands import flush
from django.db import connections
from django.test.signals import setting_changed
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.emptying import empty
from tests.standins.register import start as start_register
from tests.standins.trusted_lists import start as start_trusted_lists

# A machine that is busy with something else is no fault of what is tested.
hypothesis_settings.register_profile(
    "suite", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("suite")


def pytest_collection_finish():
    """Modules and collected tests live to the end: the garbage collector need not walk them over and over."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


@pytest.fixture(autouse=True, scope="session")
def _plain_static_names():
    """Pages in tests name static files plainly; hashed names are made by collectstatic."""
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.STATIC_ROOT = settings.STATICFILES_DIRS[0]
    # Whatever opened a storage before this must look at the settings again.
    setting_changed.send(sender=None, setting="STORAGES", value=settings.STORAGES, enter=True)


@pytest.fixture(autouse=True, scope="session")
def _flush_empties_what_was_filled():
    """Between tests that commit for real: see `tests/emptying.py`, which leaves the database as migrated."""
    handle = flush.Command.handle
    flush.Command.handle = lambda command, **options: empty(connections[options["database"]])
    yield
    flush.Command.handle = handle


@pytest.fixture(autouse=True, scope="session")
def _cache_of_its_own():
    """Failed logins of one run are no business of the next."""
    settings.CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    caches["default"]  # the database's own checks may have opened the other one already
    del caches["default"]


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords():
    """A slow hash guards real passwords; here it would only be slow."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _own_language():
    """A page that spoke another language leaves it behind in the process; the next test begins anew."""
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def register(settings):
    """The stand-in of the business register, on a real socket."""
    server = start_register()
    settings.REGISTER_URL = f"http://127.0.0.1:{server.server_port}/"
    settings.REGISTER_USER = settings.REGISTER_PASSWORD = "test"
    settings.REGISTER_TIMEOUT_SECONDS = 5
    yield server.register
    server.shutdown()
    server.server_close()


@pytest.fixture
def publisher(settings, tmp_path):
    """The stand-in of those who publish trusted lists, on a real socket, with a list of XT."""
    server = start_trusted_lists()
    publisher = server.publisher
    publisher.add_country("XT")
    certificate = tmp_path / "commission.pem"
    certificate.write_bytes(publisher.commission.pem)
    settings.TRUSTED_LIST_STORE = "live"
    settings.LOTL_URL = f"{publisher.address}/lotl.xml"
    settings.LOTL_CERTIFICATES = str(certificate)
    settings.TRUSTED_LIST_TERRITORIES = ["XT"]
    settings.TRUSTED_LIST_TIMEOUT_SECONDS = 5
    yield publisher
    server.shutdown()
    server.server_close()
