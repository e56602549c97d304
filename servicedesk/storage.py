"""Static files under names that carry their hash, so that browsers may keep them for good."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Also follows the imports between our own JavaScript modules, which all stand in static/js.

    Django's own switch for this reads the scripts of every package, and some import by bare names.
    """

    _any_script, _import_rules = (
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns
    )
    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", _import_rules))
