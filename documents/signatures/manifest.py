"""META-INF/manifest.xml lists the data files, each once, with its media type."""

from documents.signatures import safe_xml
from documents.signatures.codes import Code
from documents.signatures.names import ASICE_TYPE, MANIFEST
from documents.signatures.policy import Policy
from documents.signatures.report import Findings, Refused


def check_manifest(
    content: bytes | None, names: set[str], policy: Policy, findings: Findings
) -> dict[str, str]:
    """Return the media type of each file listed; what is wrong goes to the findings."""
    if content is None:
        return {}
    try:
        listed = _read(content, policy, findings)
    except Refused as refused:
        findings.refuse(Code.MANIFEST_BROKEN, refused.finding.code)
        return {}
    if listed.pop("/", None) != ASICE_TYPE:
        findings.refuse(Code.MANIFEST_DIFFERS, "/")
    files = {name: kind for name, kind in listed.items() if _is_file(name)}
    for name in sorted(names ^ set(files)):
        findings.refuse(Code.MANIFEST_DIFFERS, name)
    return files


def _is_file(name: str) -> bool:
    return not (name.endswith("/") or name == "mimetype" or name.startswith("META-INF/"))


def _read(content: bytes, policy: Policy, findings: Findings) -> dict[str, str]:
    root = safe_xml.parse(content, policy)
    if root.tag != f"{MANIFEST}manifest":
        raise Refused(Code.MANIFEST_BROKEN)
    listed: dict[str, str] = {}
    for entry in root.iterchildren(f"{MANIFEST}file-entry"):
        name = str(entry.get(f"{MANIFEST}full-path", ""))
        if name in listed:
            findings.refuse(Code.MANIFEST_DIFFERS, name)
        listed[name] = str(entry.get(f"{MANIFEST}media-type", ""))
    return listed
