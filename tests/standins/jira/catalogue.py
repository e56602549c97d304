"""What a Jira says of itself: who asks, its projects, fields, statuses and priorities."""

from tests.standins.jira import world
from tests.standins.jira.answers import Answer, Refused
from tests.standins.jira.issues import field
from tests.standins.jira.shapes import stamp


def server_info(request):
    cloud = request.site.is_cloud
    shown = {
        "baseUrl": request.site.address,
        "version": "1001.0.0-SNAPSHOT" if cloud else "9.12.4",
        "versionNumbers": [1001, 0, 0] if cloud else [9, 12, 4],
        "deploymentType": "Cloud" if cloud else "Server",
        "buildNumber": 100300,
        "buildDate": "2026-10-01T00:00:00.000+0300",
        "serverTime": stamp(request.site.now()),
        "scmInfo": "0" * 40,
        "serverTitle": "Jira",
    }
    return Answer(body=shown)


def myself(request):
    return Answer(body=request.shapes.person(request.person, request.version))


def users(request):
    """By a piece of the name, in Cloud also by the account id."""
    wanted = (request.one("query") or request.one("username")).lower()
    found = [
        request.shapes.person(one, request.version)
        for one in request.site.people.values()
        if wanted in f"{one.name} {one.display} {one.email} {one.account_id}".lower()
    ]
    return Answer(body=found)


def project_of(request, id_or_key):
    for project in request.site.projects.values():
        hidden = project.is_hidden and request.person is request.site.bot
        if id_or_key in (project.key, project.id) and not hidden:
            return project
    raise Refused(404, f"No project could be found with key '{id_or_key}'.")


def project(request, id_or_key):
    found = project_of(request, id_or_key)
    return Answer(body=request.shapes.project(found, request.version, whole=True))


def projects(request):
    found = [one for one in request.site.projects.values() if not one.is_hidden]
    return Answer(body=[request.shapes.project(one, request.version) for one in found])


def issue_types_of(request, id_or_key):
    found = [
        request.shapes.type(one, request.version) for one in project_of(request, id_or_key).types
    ]
    name = "issueTypes" if request.site.is_cloud else "values"
    return Answer(body=request.page(found, name))


def fields_of(request, id_or_key, _type_id):
    """What the screen asks for when an issue of that kind is created."""
    found = project_of(request, id_or_key)
    names = ["summary", "description", "priority", "labels", "components", "duedate"]
    must = {"summary", *found.required}
    shown = [field(name, name in must) | {"fieldId": name} for name in names]
    shown += [
        {
            "required": False,
            "schema": {"type": one.kind, "custom": one.kind, "customId": int(one.id[12:])},
            "name": one.name,
            "key": one.id,
            "fieldId": one.id,
            "operations": ["set"],
            **(
                {"allowedValues": [{"value": value} for value in one.options]}
                if one.options
                else {}
            ),
        }
        for one in request.site.fields
        if one.id in found.custom
    ]
    return Answer(body=request.page(shown, "fields" if request.site.is_cloud else "values"))


def priorities(request):
    return Answer(body=[request.shapes.priority(one, request.version) for one in world.PRIORITIES])


def statuses(request):
    return Answer(
        body=[request.shapes.status(one, request.version) for one in request.site.statuses]
    )


def issue_types(request):
    return Answer(body=[request.shapes.type(one, request.version) for one in world.TYPES])


def resolutions(request):
    return Answer(
        body=[request.shapes.resolution(one, request.version) for one in world.RESOLUTIONS]
    )


def fields(request):
    found = [field_shown(name, title, "string") for name, title in world.SYSTEM_FIELDS.items()]
    found += [field_shown(one.id, one.name, one.kind) for one in request.site.fields]
    return Answer(body=found)


def field_shown(name, title, kind):
    custom = name.startswith("customfield_")
    schema = {"type": kind}
    schema |= {"custom": kind, "customId": int(name[12:])} if custom else {"system": name}
    return {
        "id": name,
        "key": name,
        "name": title,
        "custom": custom,
        "orderable": True,
        "navigable": True,
        "searchable": True,
        "clauseNames": [name],
        "schema": schema,
    }
