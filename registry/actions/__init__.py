from registry.actions.import_register_file import import_register_file
from registry.actions.request_import import (
    FileNotAccepted,
    FileOutsideFolder,
    request_import,
    resume_import,
)
from registry.actions.sweep_imports import sweep_imports

__all__ = [
    "FileNotAccepted",
    "FileOutsideFolder",
    "import_register_file",
    "request_import",
    "resume_import",
    "sweep_imports",
]
