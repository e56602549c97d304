"""The search: as much of the query language as we and the other client speak, and both its doors."""

import base64
import datetime as dt
import re

from tests.standins.jira.answers import Answer, Refused
from tests.standins.jira.shapes import ZONE

REMOVED = (
    "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full"
    " migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046"
)
UNBOUNDED = (
    "Unbounded JQL queries are not allowed here. Please add a search restriction to your query."
)
CLAUSE = re.compile(
    r"\s*(?P<field>[\w.]+)\s*(?P<verb>not\s+in\b|in\b|is\s+not\b|is\b|>=|<=|!=|=|>|<)\s*"
    r"(?P<value>\((?:[^()\"']|\"(?:[^\"\\]|\\.)*\"|'[^']*')*\)"
    r"|\"(?:[^\"\\]|\\.)*\"|'[^']*'|[^\s()\"']+(?:\(\))?)\s*",
    re.IGNORECASE,
)
WORD = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'([^']*)'|([^\s,()]+(?:\(\))?)")
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
FIELDS = {"labels", "project", "key", "issuekey", "issue", "id", "updated", "created", "status"} | {
    "statuscategory",
    "assignee",
    "reporter",
    "resolution",
}
ORDERS = {
    "updated": lambda issue: issue.updated,
    "created": lambda issue: issue.created,
    "key": lambda issue: int(issue.id),
    "id": lambda issue: int(issue.id),
}


class Query:
    """One question in the query language, held against what the index knows."""

    def __init__(self, request, jql):
        self.request, self.site = request, request.site
        where, _, order = (
            re.split(r"(\border\s+by\b)", f"{jql} ", maxsplit=1, flags=re.IGNORECASE)
            if (re.search(r"\border\s+by\b", jql, re.IGNORECASE))
            else (jql, "", "")
        )
        self.clauses = list(self.parsed(where.strip()))
        self.order = [one.strip().split() for one in order.split(",") if one.strip()]

    def parsed(self, where):
        while where:
            found = CLAUSE.match(where)
            if not found:
                raise Refused(400, f"Error in the JQL Query: near '{where[:20]}'.")
            field = found["field"].lower()
            if field not in FIELDS:
                raise Refused(
                    400,
                    f"Field '{found['field']}' does not exist or you do not have permission to view it.",
                )
            values = [self.word(one) for one in WORD.finditer(found["value"])]
            verb = " ".join(found["verb"].lower().split())
            yield field, verb, self.checked(field, values)
            where = where[found.end() :]
            rest = re.match(r"and\b", where, re.IGNORECASE)
            if where and not rest:
                raise Refused(
                    400, f"Error in the JQL Query: Expecting 'AND' but got '{where[:20]}'."
                )
            where = where[3:].strip() if rest else ""

    @staticmethod
    def word(found):
        quoted = next((one for one in found.groups() if one is not None), "")
        return re.sub(r"\\(.)", r"\1", quoted)

    def checked(self, field, values):
        """Data Center names what does not exist; Cloud finds nothing."""
        lenient = self.site.is_cloud or self.request.one("validateQuery") in ("false", "warn")
        if field == "project" and not lenient:
            for value in values:
                if not any(value in (one.key, one.id, one.name) for one in self.visible_projects()):
                    raise Refused(
                        400, f"The value '{value}' does not exist for the field 'project'."
                    )
        if field in ("key", "issuekey", "issue", "id") and not lenient:
            for value in values:
                self.known(field, value)
        return values

    def known(self, field, value):
        try:
            self.request.issue(value)
        except Refused as error:
            message = f"An issue with key '{value}' does not exist for field '{field}'."
            raise Refused(400, message) from error

    def visible_projects(self):
        hidden_from = self.request.person is self.site.bot
        return [one for one in self.site.projects.values() if not (one.is_hidden and hidden_from)]

    def run(self, issues):
        projects = [one.key for one in self.visible_projects()]
        found = [
            one
            for one in issues
            if one.project.key in projects and all(self.holds(one, *each) for each in self.clauses)
        ]
        for name, *way in reversed(self.order or [["key", "desc"]]):
            if name.lower() not in ORDERS:
                raise Refused(400, f"Not able to sort using field '{name}'.")
            found.sort(key=ORDERS[name.lower()], reverse=[one.lower() for one in way] == ["desc"])
        return found

    def holds(self, issue, field, verb, values):
        if field in ("updated", "created"):
            return self.compares(getattr(issue, field), verb, values)
        has = self.values_of(issue, field)
        if verb in ("is", "is not"):
            return (not has) == (verb == "is")
        if verb not in ("=", "!=", "in", "not in"):
            raise Refused(400, f"The operator '{verb}' is not supported by the '{field}' field.")
        some = bool(has & {one.lower() for one in values})
        return some == (verb in ("=", "in"))

    def values_of(self, issue, field):
        person = {"assignee": issue.assignee, "reporter": issue.reporter}.get(field)
        if field in ("assignee", "reporter"):
            mine = ["currentuser()"] if person is self.request.person else []
            found = [self.site.shapes.account(person) or "", *mine]
        else:
            status, project = issue.status, issue.project
            found = {
                "labels": issue.labels,
                "project": [project.key, project.id, project.name],
                "status": [status.name, status.id],
                "statuscategory": [
                    status.category,
                    {"new": "To Do", "done": "Done"}.get(status.category, "In Progress"),
                ],
                "resolution": [issue.resolution or "Unresolved"],
            }.get(field, [issue.id, issue.key, *issue.old_keys])
        return {one.lower() for one in found if one}

    def compares(self, moment, verb, values):
        wanted = self.moment(values[0] if values else "")
        checks = {
            ">=": moment >= wanted,
            ">": moment > wanted,
            "<=": moment <= wanted,
            "<": moment < wanted,
        }
        if verb not in checks:
            raise Refused(400, f"The operator '{verb}' is not supported here.")
        return checks[verb]

    def moment(self, text):
        """`-2h`, `-90m`, or a day with or without hours in the time zone of whoever asks."""
        ago = re.fullmatch(r"-(\d+)([mhdw])", text)
        if ago:
            return self.site.now() - dt.timedelta(**{UNITS[ago[2]]: int(ago[1])})
        for form in ("%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M", "%Y/%m/%d", "%Y-%m-%d"):
            try:
                return dt.datetime.strptime(text, form).replace(tzinfo=ZONE)
            except ValueError:
                continue
        raise Refused(400, f"Date value '{text}' is invalid.")


def asked(request):
    """What was asked, by GET or by POST."""
    if request.method == "POST":
        return request.object()
    words = {name: request.one(name) for name in ("jql", "nextPageToken") if request.one(name)}
    for name in ("startAt", "maxResults"):
        if name in request.query:
            words[name] = request.number(name, 0)
    if "fields" in request.query:
        words["fields"] = request.several("fields")
    words["expand"] = request.one("expand")
    words["reconcileIssues"] = [int(one) for one in request.several("reconcileIssues")]
    return words


def shown(request, issues, words, fields):
    expand = words.get("expand") or ""
    changelog = "changelog" in (expand if isinstance(expand, str) else ",".join(expand))
    return [
        request.shapes.issue(one, request.version, wanted=fields, changelog=changelog)
        for one in issues
    ]


def search(request):
    if request.site.is_cloud:
        raise Refused(410, REMOVED)
    words = asked(request)
    found = Query(request, words.get("jql") or "").run(request.site.index.values())
    start = int(words.get("startAt") or 0)
    size = min(int(words.get("maxResults", 50)), 1000)
    fields = words.get("fields") or ["*navigable"]
    page = shown(request, found[start : start + size], words, fields)
    return Answer(
        body={
            "expand": "schema,names",
            "startAt": start,
            "maxResults": size,
            "total": len(found),
            "issues": page,
        }
    )


def search_by_token(request):
    words = asked(request)
    query = Query(request, words.get("jql") or "")
    if not query.clauses:
        raise Refused(400, UNBOUNDED)
    found = query.run(known_to_search(request, words.get("reconcileIssues") or []))
    start = start_of(words.get("nextPageToken"))
    size = min(int(words.get("maxResults") or 50), 100)
    fields = words.get("fields")
    page = found[start : start + size]
    issues = shown(request, page, words, fields) if fields else [{"id": one.id} for one in page]
    is_last = start + size >= len(found)
    body = {"issues": issues, "isLast": is_last}
    if not is_last:
        body["nextPageToken"] = base64.urlsafe_b64encode(f"at:{start + size}".encode()).decode()
    return Answer(body=body)


def known_to_search(request, reconciled):
    """The index, with those issues as they really are that were asked to be."""
    known = dict(request.site.index)
    for number in map(str, reconciled):
        if number in request.site.issues:
            known[number] = request.site.issues[number]
    return known.values()


def start_of(token):
    if not token:
        return 0
    try:
        return int(base64.urlsafe_b64decode(token).decode().removeprefix("at:"))
    except ValueError as error:
        raise Refused(400, "The provided nextPageToken is invalid or has expired.") from error
