"""Texts as the stand-in keeps them: both as markup (v2) and as a document (v3). Its own reading, not ours."""

import json

LONGEST = 32767


class BadBody(Exception):
    """The body is of the wrong kind for that version, or broken."""


class TooLong(Exception):
    pass


class Text:
    def __init__(self, wiki, document):
        self.wiki, self.document = wiki, document

    def shown(self, version):
        return self.document if version == "3" else self.wiki


def taken(body, version):
    """A body as it was sent. Raises BadBody or TooLong."""
    if version != "3":
        if not isinstance(body, str):
            raise BadBody
        if len(body) > LONGEST:
            raise TooLong
        return Text(body, document_of(body))
    check_document(body)
    if len(json.dumps(body, ensure_ascii=False)) > LONGEST * 2 or len(text_of(body)) > LONGEST:
        raise TooLong
    return Text(text_of(body), body)


def typed(text):
    """What somebody typed into Jira itself."""
    return Text(text, document_of(text))


def document_of(text):
    paragraphs = []
    for block in text.split("\n\n"):
        content = []
        for line in block.split("\n"):
            if content:
                content.append({"type": "hardBreak"})
            if line:
                content.append({"type": "text", "text": line})
        paragraphs.append({"type": "paragraph", "content": content})
    return {"type": "doc", "version": 1, "content": paragraphs}


def check_document(node):
    if not isinstance(node, dict) or node.get("type") != "doc" or node.get("version") != 1:
        raise BadBody
    if not isinstance(node.get("content"), list):
        raise BadBody
    for child in node["content"]:
        check_node(child, inline=False)


INLINE = {"text", "hardBreak", "mention", "emoji", "inlineCard", "date", "status"}


def check_node(node, *, inline):
    if not isinstance(node, dict) or not isinstance(node.get("type"), str):
        raise BadBody
    if (node["type"] in INLINE) != inline:
        raise BadBody
    if node["type"] == "text" and not (isinstance(node.get("text"), str) and node["text"]):
        raise BadBody  # an empty text is refused by Jira
    holds_inline = node["type"] in ("paragraph", "heading", "codeBlock")
    for child in node.get("content", []):
        check_node(child, inline=holds_inline)


def text_of(node):
    """The document as text."""
    if node.get("type") == "text":
        return node["text"]
    if node.get("type") == "hardBreak":
        return "\n"
    inside = [text_of(child) for child in node.get("content", [])]
    return ("\n\n" if node.get("type") == "doc" else "").join(inside)
