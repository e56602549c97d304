import pytest
from django.conf import settings


@pytest.fixture(autouse=True, scope="session")
def _plain_static_names():
    """Pages in tests name static files plainly; hashed names are made by collectstatic."""
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.STATIC_ROOT = settings.STATICFILES_DIRS[0]
