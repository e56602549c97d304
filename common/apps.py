from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CommonConfig(AppConfig):
    name = "common"

    def ready(self) -> None:
        from common import declarations, prefix  # noqa: F401, PLC0415  # registers the lookup

        autodiscover_modules("metrics", "retention")
