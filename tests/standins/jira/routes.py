"""Which address leads where."""

import re

from tests.standins.jira import catalogue, issues, search, talk

ISSUE, NAME = r"/issue/([^/]+)", r"([^/]+)"
ROUTES = [
    (method, re.compile(path + "/?"), handler)
    for method, path, handler in [
        ("GET", "/serverInfo", catalogue.server_info),
        ("GET", "/myself", catalogue.myself),
        ("GET", "/user/search", catalogue.users),
        ("GET", "/project", catalogue.projects),
        ("GET", f"/project/{NAME}", catalogue.project),
        ("GET", "/priority", catalogue.priorities),
        ("GET", "/status", catalogue.statuses),
        ("GET", "/issuetype", catalogue.issue_types),
        ("GET", "/resolution", catalogue.resolutions),
        ("GET", "/field", catalogue.fields),
        ("GET", f"/issue/createmeta/{NAME}/issuetypes", catalogue.issue_types_of),
        ("GET", f"/issue/createmeta/{NAME}/issuetypes/{NAME}", catalogue.fields_of),
        ("GET", "/search", search.search),
        ("POST", "/search", search.search),
        ("GET", "/search/jql", search.search_by_token),
        ("POST", "/search/jql", search.search_by_token),
        ("POST", "/issue", issues.create),
        ("GET", ISSUE, issues.read),
        ("PUT", ISSUE, issues.edit),
        ("DELETE", ISSUE, issues.delete),
        ("GET", f"{ISSUE}/transitions", issues.transitions),
        ("POST", f"{ISSUE}/transitions", issues.transition),
        ("GET", f"{ISSUE}/comment", talk.list_comments),
        ("POST", f"{ISSUE}/comment", talk.add_comment),
        ("GET", f"{ISSUE}/comment/{NAME}", talk.read_comment),
        ("PUT", f"{ISSUE}/comment/{NAME}", talk.edit_comment),
        ("DELETE", f"{ISSUE}/comment/{NAME}", talk.delete_comment),
        ("POST", f"{ISSUE}/attachments", talk.add_attachments),
        ("GET", f"{ISSUE}/remotelink", talk.list_links),
        ("POST", f"{ISSUE}/remotelink", talk.put_link),
        ("GET", f"{ISSUE}/properties", talk.list_properties),
        ("GET", f"{ISSUE}/properties/{NAME}", talk.read_property),
        ("PUT", f"{ISSUE}/properties/{NAME}", talk.put_property),
        ("DELETE", f"{ISSUE}/properties/{NAME}", talk.delete_property),
        ("GET", f"{ISSUE}/watchers", talk.list_watchers),
        ("POST", f"{ISSUE}/watchers", talk.add_watcher),
        ("DELETE", f"{ISSUE}/watchers", talk.remove_watcher),
        ("GET", f"/attachment/{NAME}", talk.read_attachment),
        ("DELETE", f"/attachment/{NAME}", talk.delete_attachment),
        ("GET", f"/attachment/content/{NAME}", talk.attachment_elsewhere),
    ]
]
FILE = re.compile(r"/secure/attachment/([^/]+)/(.+)")
LINKED_APPLICATIONS = "/rest/applinks/latest/listApplicationlinks"
API = re.compile(r"/rest/api/(2|3|latest)(/.*)")
FOR_ALL = ("/serverInfo",)  # whoever asks
ONLY_IN_CLOUD = (search.search_by_token, talk.attachment_elsewhere)


def found(method, path, *, is_cloud):
    """The handler and what stands in the address; None where Jira has no such thing."""
    for verb, pattern, handler in ROUTES:
        match = pattern.fullmatch(path)
        if match and verb == method and (is_cloud or handler not in ONLY_IN_CLOUD):
            return handler, match.groups()
    return None
