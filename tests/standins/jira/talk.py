"""What hangs on an issue: comments, files, links from elsewhere, properties, watchers."""

import re

from tests.standins.jira.answers import Answer, Refused
from tests.standins.jira.words import BadBody, TooLong, taken

TOO_LONG = "The entered text is too long. It exceeds the allowed limit of 32,767 characters."


def body_of(request, said):
    try:
        body = taken(said.get("body"), request.version)
    except TooLong as error:
        words = "CONTENT_LIMIT_EXCEEDED" if request.version == "3" else TOO_LONG
        raise Refused(400, comment=words) from error
    except BadBody as error:
        raise Refused(400, comment="Comment body is not valid!") from error
    if not body.wiki.strip():
        raise Refused(400, comment="Comment body can not be empty!")
    return body


def list_comments(request, id_or_key):
    issue = request.issue(id_or_key)
    kept = sorted(
        issue.comments, key=lambda one: one.created, reverse=request.one("orderBy") == "-created"
    )
    found = [shown_comment(request, issue, one) for one in kept]
    return Answer(body=request.page(found, "comments"))


def shown_comment(request, issue, comment):
    shown = request.shapes.comment(issue, comment, request.version)
    if "properties" in request.several("expand"):
        shown["properties"] = comment.properties
    return shown


def add_comment(request, id_or_key):
    said, issue = request.object(), request.issue(id_or_key)
    properties = said.get("properties", [])
    internal = [one for one in properties if one.get("key") == "sd.public.comment"]
    comment = request.site.comment(
        issue.id,
        body_of(request, said),
        by=request.person,
        visibility=said.get("visibility"),
        is_public=not any(one["value"].get("internal") for one in internal),
        properties=properties,
    )
    return Answer(201, shown_comment(request, issue, comment))


def comment_of(request, id_or_key, comment_id):
    issue = request.issue(id_or_key)
    for comment in issue.comments:
        if comment.id == comment_id:
            return issue, comment
    raise Refused(404, f"Can not find a comment for the id: {comment_id}.")


def read_comment(request, id_or_key, comment_id):
    return Answer(body=shown_comment(request, *comment_of(request, id_or_key, comment_id)))


def edit_comment(request, id_or_key, comment_id):
    issue, comment = comment_of(request, id_or_key, comment_id)
    body = body_of(request, request.object())
    request.site.edit_comment(issue.id, comment.id, body, by=request.person)
    return Answer(200, shown_comment(request, issue, comment))


def delete_comment(request, id_or_key, comment_id):
    issue, comment = comment_of(request, id_or_key, comment_id)
    request.site.delete_comment(issue.id, comment.id, by=request.person)
    return Answer(204)


def add_attachments(request, id_or_key):
    if request.headers.get("X-Atlassian-Token", "").lower() not in ("no-check", "nocheck"):
        return Answer(403, b"XSRF check failed", {"Content-Type": "text/plain"})
    issue = request.issue(id_or_key)
    files = list(files_in(request))
    if not files:
        raise Refused(400, "No file was sent.")
    for name, _kind, content in files:
        if len(content) > request.site.largest_file:
            raise Refused(413, f"The file '{name}' exceeds the maximum size of an attachment.")
    kept = [
        request.site.attach(issue.id, name, content, kind=kind, by=request.person)
        for name, kind, content in files
    ]
    return Answer(body=[request.shapes.attachment(one, request.version) for one in kept])


def files_in(request):
    """The parts named `file`, byte by byte as they were sent."""
    found = re.search(r'boundary="?([^";]+)"?', request.headers.get("Content-Type", ""))
    if not found:
        raise Refused(415, "Unsupported Media Type")
    for part in (b"\r\n" + request.body).split(b"\r\n--" + found[1].encode())[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        head = head.decode("utf-8")
        name = re.search(r'\bname="([^"]*)"', head)
        if not name or name[1] != "file":
            continue
        kind = re.search(r"content-type:\s*([^\r\n]+)", head, re.IGNORECASE)
        yield file_name(head), kind[1] if kind else "application/octet-stream", content


def file_name(head):
    plain = re.search(r'\bfilename="([^"]*)"', head)
    return plain[1].replace("%22", '"') if plain else "file"


def attachment_of(request, attachment_id):
    for issue in request.site.issues.values():
        for attachment in issue.attachments:
            if attachment.id == attachment_id:
                request.issue(issue.id)
                return issue, attachment
    raise Refused(404, f"The attachment with id '{attachment_id}' does not exist")


def read_attachment(request, attachment_id):
    _issue, attachment = attachment_of(request, attachment_id)
    return Answer(body=request.shapes.attachment(attachment, request.version))


def delete_attachment(request, attachment_id):
    issue, attachment = attachment_of(request, attachment_id)
    issue.attachments.remove(attachment)
    return Answer(204)


def attachment_content(request, attachment_id, _name=""):
    _issue, attachment = attachment_of(request, attachment_id)
    return Answer(200, attachment.content, {"Content-Type": attachment.kind})


def attachment_elsewhere(request, attachment_id):
    """Cloud keeps files at another address and leads there."""
    attachment_of(request, attachment_id)
    return Answer(
        303, None, {"Location": f"{request.site.address}/secure/attachment/{attachment_id}/file"}
    )


def list_links(request, id_or_key):
    issue = request.issue(id_or_key)
    found = [link_shown(request, issue, *one) for one in issue.links.values()]
    return Answer(body=found)


def link_shown(request, issue, number, said):
    address = request.shapes.url(request.version, "issue", issue.key, "remotelink", str(number))
    return {"id": number, "self": address, **said}


def put_link(request, id_or_key):
    said, issue = request.object(), request.issue(id_or_key)
    target = said.get("object") if isinstance(said.get("object"), dict) else {}
    missing = {name: f"'{name}' is required." for name in ("title", "url") if not target.get(name)}
    if missing:
        raise Refused(400, **missing)
    if len(said.get("globalId") or "") > 255:
        raise Refused(400, globalId="'globalId' must be at most 255 characters.")
    number = int(request.site.next_id())
    name = said.get("globalId") or f"link {number}"
    known = name in issue.links
    if known:
        number = issue.links[name][0]
    issue.links[name] = (number, said)
    shown = link_shown(request, issue, number, {})
    return Answer(200 if known else 201, shown)


def list_properties(request, id_or_key):
    issue = request.issue(id_or_key)
    keys = [
        {
            "key": key,
            "self": request.shapes.url(request.version, "issue", issue.id, "properties", key),
        }
        for key in issue.properties
    ]
    return Answer(body={"keys": keys})


def read_property(request, id_or_key, key):
    issue = request.issue(id_or_key)
    if key not in issue.properties:
        raise Refused(404, f"The property with key '{key}' does not exist.")
    return Answer(body={"key": key, "value": issue.properties[key]})


def put_property(request, id_or_key, key):
    issue, value = request.issue(id_or_key), request.json()
    status = 200 if key in issue.properties else 201
    issue.properties[key] = value
    return Answer(status)


def delete_property(request, id_or_key, key):
    issue = request.issue(id_or_key)
    if issue.properties.pop(key, None) is None:
        raise Refused(404, f"The property with key '{key}' does not exist.")
    return Answer(204)


def list_watchers(request, id_or_key):
    issue = request.issue(id_or_key)
    watchers = [request.shapes.person(one, request.version) for one in issue.watchers]
    return Answer(
        body={
            "self": request.shapes.url(request.version, "issue", issue.key, "watchers"),
            "isWatching": request.person in issue.watchers,
            "watchCount": len(watchers),
            "watchers": watchers,
        }
    )


def watcher(request, account):
    for person in request.site.people.values():
        if account == request.shapes.account(person):
            return person
    raise Refused(404, f"The user named '{account}' does not exist")


def add_watcher(request, id_or_key):
    """The body is a bare JSON string; without one whoever asks begins to watch."""
    issue = request.issue(id_or_key)
    person = watcher(request, request.json()) if request.body else request.person
    if person not in issue.watchers:
        issue.watchers.append(person)
    return Answer(204)


def remove_watcher(request, id_or_key):
    issue = request.issue(id_or_key)
    person = watcher(request, request.one("accountId") or request.one("username"))
    if person in issue.watchers:
        issue.watchers.remove(person)
    return Answer(204)
