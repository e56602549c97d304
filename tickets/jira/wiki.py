"""Jira's wiki markup, in which Data Center keeps texts and all webhooks speak.

What people typed goes out so that it reads there as it was typed: no letter of it becomes a
heading, a link or a smiling face. What comes back is read as plain text.
"""

import html
import re

from tickets.jira.reading import LONGEST_TEXT, clean

# Faces and signs that Jira draws as pictures.
_SIGNS = r"y|n|i|/|x|!|\+|-|\?|on|off|\*|\*r|\*g|\*b|\*y|flag|flagoff"
_MARKUP = re.compile(
    r"(?P<entity>&(?=\#?\w+;))"
    r"|(?P<backslash>\\)"
    r"|(?P<always>[{}\[\]|])"
    r"|(?P<sign>\((?=(?:" + _SIGNS + r")\)))"
    r"|(?P<face>[:;](?=[)(PpD]))"
    r"|(?P<start>^(?P<before>[^\S\n]*)(?P<point>h[1-6]|bq)\.)"
    r"|(?P<hash>^(?P<indent>[^\S\n]*)\#)"
    r"|(?P<inside>(?<=[^\W_])[-_+*^~](?=[^\W_]))"
    r"|(?P<effect>[-_+*^~])"
    r"|(?P<cite>\?(?=\?)|(?<=\?)\?)"
    r"|(?P<picture>!(?=\S))",
    re.MULTILINE,
)
_ENTITIES = {"entity": "&amp;", "backslash": "&#92;"}


def escape_wiki(text: str) -> str:
    """The text as wiki markup that shows it letter by letter."""
    return _MARKUP.sub(_escaped, "\n".join(clean(text).splitlines()))


def _escaped(found: re.Match[str]) -> str:
    kind, whole = found.lastgroup or "", found[0]
    if found["start"]:  # a point cannot be escaped, only named
        return f"{found['before']}{found['point']}&#46;"
    if found["hash"]:
        return f"{found['indent']}\\#"
    if kind == "inside":
        return whole
    if kind == "face":
        return f"&#{ord(whole)};"
    return _ENTITIES.get(kind, f"\\{whole}")


_HIDDEN = "\ue000"  # stands for a letter that was escaped, while markup is taken away
_ESCAPED = re.compile(r"\\([-!#%()*+?@\[\]^_{|}~])|&(\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|\w{2,8});")
_STEPS: list[tuple[re.Pattern[str], str]] = [
    (re.compile(r"\\\\"), "\n"),
    (re.compile(r"^[^\S\n]*(?:h[1-6]|bq)\.[^\S\n]*", re.MULTILINE), ""),
    (
        re.compile(r"\{(?:noformat|code|quote|panel|color|anchor)(?::[^{}\n]{0,200})?\}"),
        "",
    ),
    (re.compile(r"\{\{([^{}\n]{1,500})\}\}"), r"\1"),
    (re.compile(r"\[~(?:accountid:)?([^\]\n]{1,200})\]"), r"@\1"),
    (
        re.compile(r"\[([^\[\]|\n]{1,500})\|([^\[\]|\n]{1,1000})(?:\|[^\[\]\n]{0,50})?\]"),
        r"\1 (\2)",
    ),
    (re.compile(r"\[((?:https?://|mailto:|\^)[^\[\]|\n]{1,1000})\]"), r"\1"),
    (re.compile(r"!([^!|\s]{1,300}\.\w{2,5})(?:\|[^!\n]{0,200})?!"), r"[\1]"),
    (re.compile(r"^[^\S\n]*\|\|?(.*?)\|?\|[^\S\n]*$", re.MULTILINE), r"\1"),
    (re.compile(r"\|\|"), " | "),
    (re.compile(r"^[^\S\n]*[*#]{1,6} ", re.MULTILINE), "- "),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,2000})(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<!\w)_(?=[^\s_])([^_\n]{1,2000})(?<=\S)_(?!\w)"), r"\1"),
    (re.compile(r"(?<![\w+])\+(?=[^\s+])([^+\n]{1,2000})(?<=\S)\+(?![\w+])"), r"\1"),
]


def text_from_wiki(markup: str) -> str:
    """The markup as plain text: effects and boxes away, links with their addresses."""
    kept: list[str] = []

    def hide(found: re.Match[str]) -> str:
        kept.append(found[1] or html.unescape(found[0]))
        return _HIDDEN

    text = "\n".join(clean(markup)[:LONGEST_TEXT].replace(_HIDDEN, "").splitlines())
    text = _ESCAPED.sub(hide, text)
    for pattern, instead in _STEPS:
        text = pattern.sub(instead, text)
    letters = iter(kept)
    return "".join(next(letters, "") if one == _HIDDEN else one for one in text).strip("\n")
