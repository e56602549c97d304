"""An issue by the API: created, read, edited, moved on in its workflow, deleted."""

from tests.standins.jira import world
from tests.standins.jira.answers import Answer, Refused
from tests.standins.jira.filling import Filling, Wrong
from tests.standins.jira.site import Issue
from tests.standins.jira.talk import body_of


def create(request):
    said = request.object()
    fields = said.get("fields")
    if not isinstance(fields, dict):
        raise Refused(400, "Field 'fields' is required")
    project = project_of(request, fields.get("project"))
    kind = type_of(project, fields.get("issuetype"))
    filling = Filling(request.site, project, request.version).take_all(fields)
    require(filling, project, fields)
    issue = new_issue(request, project, kind, filling)
    issue.properties = {one["key"]: one["value"] for one in said.get("properties", [])}
    request.site.add(issue, request.person)
    shown = {
        "id": issue.id,
        "key": issue.key,
        "self": request.shapes.url(request.version, "issue", issue.id),
    }
    if request.site.is_cloud:
        shown["transition"] = {
            "status": 200,
            "errorCollection": {"errorMessages": [], "errors": {}},
        }
    return Answer(201, shown)


def new_issue(request, project, kind, filling):
    facts, at = filling.done(), request.site.now()
    facts.setdefault("reporter", request.person)
    return Issue(
        id=request.site.next_id(),
        key=project.next_key(),
        project=project,
        type=kind,
        status=request.site.statuses[0],
        created=at,
        updated=at,
        custom=filling.custom,
        **facts,
    )


def project_of(request, value):
    value = value if isinstance(value, dict) else {}
    for project in request.site.projects.values():
        named = project.key == value.get("key") or project.id == str(value.get("id"))
        if named and not (project.is_hidden and request.person is request.site.bot):
            return project
    raise Refused(400, project="project is required" if not value else "valid project is required")


def type_of(project, value):
    value = value if isinstance(value, dict) else {}
    for name in project.types:
        if name == value.get("name") or world.TYPES[name] == str(value.get("id")):
            return name
    raise Refused(
        400, issuetype="Specify a valid issue type" if value else "issue type is required"
    )


def require(filling, project, fields):
    if "summary" not in fields:
        filling.errors["summary"] = "You must specify a summary of the issue."
    for name in project.required:
        if name not in fields:
            filling.errors[name] = f"{world.SYSTEM_FIELDS.get(name, name)} is required."


def read(request, id_or_key):
    wanted = request.several("fields", "*all")
    changelog = "changelog" in request.several("expand")
    issue = request.issue(id_or_key)
    return Answer(
        body=request.shapes.issue(issue, request.version, wanted=wanted, changelog=changelog)
    )


def edit(request, id_or_key):
    said, issue = request.object(), request.issue(id_or_key)
    filling = Filling(request.site, issue.project, request.version)
    filling.take_all(said.get("fields", {}))
    items = []
    for name, value in filling.done().items():
        items.append(
            request.shapes.plain_item(name, None, str(getattr(issue, name)), None, str(value))
        )
        setattr(issue, name, value)
    issue.custom |= filling.custom
    items += [
        request.shapes.plain_item(name, None, None, None, str(value))
        for name, value in filling.custom.items()
    ]
    items += edit_labels(request, issue, said.get("update", {}).get("labels", []))
    request.site.note(issue, request.person, items)
    return Answer(204)


def edit_labels(request, issue, operations):
    before = " ".join(issue.labels)
    for operation in operations:
        for verb, label in operation.items():
            if verb == "add" and label not in issue.labels:
                issue.labels.append(label)
            if verb == "remove" and label in issue.labels:
                issue.labels.remove(label)
    after = " ".join(issue.labels)
    if before == after:
        return []
    return [request.shapes.plain_item("labels", None, before, None, after)]


def delete(request, id_or_key):
    issue = request.issue(id_or_key)
    request.site.delete(issue.id, by=request.person)
    return Answer(204)


def allowed(request, issue):
    return [one for one in request.site.workflow if not one.of or issue.status.name in one.of]


def transitions(request, id_or_key):
    issue = request.issue(id_or_key)
    with_fields = "transitions.fields" in request.several("expand")
    found = [shown(request, one, with_fields=with_fields) for one in allowed(request, issue)]
    return Answer(body={"expand": "transitions", "transitions": found})


def shown(request, move, *, with_fields):
    found = {
        "id": move.id,
        "name": move.name,
        "to": request.shapes.status(request.site.status_named(move.to), request.version),
        "hasScreen": bool(move.screen),
        "isGlobal": not move.of,
        "isInitial": False,
        "isAvailable": True,
        "isConditional": False,
    }
    if with_fields:
        found["fields"] = {name: field(name, must) for name, must in move.screen.items()}
    return found


def field(name, is_required):
    return {
        "required": is_required,
        "schema": {"type": name, "system": name},
        "name": world.SYSTEM_FIELDS.get(name, name),
        "key": name,
        "operations": ["set"],
    }


def transition(request, id_or_key):
    said, issue = request.object(), request.issue(id_or_key)
    wanted = said.get("transition")
    number = str(wanted.get("id")) if isinstance(wanted, dict) else ""
    move = next((one for one in allowed(request, issue) if one.id == number), None)
    if move is None:
        raise Refused(
            400,
            f"It seems that you have tried to perform an illegal workflow operation: {number!r}.",
        )
    resolution = screened(request, move, said.get("fields", {}))
    comments = [comment_text(request, one) for one in said.get("update", {}).get("comment", [])]
    request.site.set_status(issue.id, move.to, by=request.person, resolution=resolution)
    for comment in comments:
        request.site.comment(issue.id, comment, by=request.person)
    return Answer(204)


def screened(request, move, fields):
    """The resolution, where the screen of the move has it."""
    for name in fields:
        if name not in move.screen:
            message = (
                f"Field '{name}' cannot be set. It is not on the appropriate screen, or unknown."
            )
            raise Refused(400, **{name: message})
    for name, is_required in move.screen.items():
        if is_required and name not in fields:
            raise Refused(400, **{name: f"{world.SYSTEM_FIELDS[name]} is required."})
    if "resolution" not in fields:
        return None
    try:
        filling = Filling(request.site, None, request.version)
        return filling.chosen(fields["resolution"], world.RESOLUTIONS, "Resolution")
    except Wrong as wrong:
        raise Refused(400, resolution=str(wrong)) from wrong


def comment_text(request, operation):
    added = operation.get("add") if isinstance(operation, dict) else None
    return body_of(request, added if isinstance(added, dict) else {})
