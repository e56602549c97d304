"""The JSON that Jira shows of what it holds. Versions differ in texts, editions in people."""

from zoneinfo import ZoneInfo

from tests.standins.jira import world

ZONE = ZoneInfo("Europe/Tallinn")


def stamp(moment):
    """`2026-11-22T12:34:56.789+0200`"""
    local = moment.astimezone(ZONE)
    return f"{local:%Y-%m-%dT%H:%M:%S}.{local.microsecond // 1000:03d}{local:%z}"


class Shapes:
    def __init__(self, site):
        self.site = site

    def url(self, version, *path):
        return "/".join([f"{self.site.address}/rest/api/{version}", *path])

    def account(self, person):
        if person is None:
            return None
        return person.account_id if self.site.is_cloud else person.name

    def person(self, person, version="2"):
        if person is None:
            return None
        shown = {
            "emailAddress": person.email,
            "avatarUrls": {"48x48": f"{self.site.address}/avatar/{person.name}"},
            "displayName": person.display,
            "active": True,
            "timeZone": "Europe/Tallinn",
        }
        if self.site.is_cloud:
            address = self.url(version, f"user?accountId={person.account_id}")
            return {
                "self": address,
                "accountId": person.account_id,
                "accountType": "atlassian",
            } | shown
        address = self.url(version, f"user?username={person.name}")
        return {"self": address, "name": person.name, "key": f"JIRAUSER{person.name}"} | shown

    def status(self, status, version="2"):
        number, colour, name = world.CATEGORIES[status.category]
        return {
            "self": self.url(version, "status", status.id),
            "description": "",
            "iconUrl": f"{self.site.address}/images/icons/status.png",
            "name": status.name,
            "id": status.id,
            "statusCategory": {
                "self": self.url(version, "statuscategory", str(number)),
                "id": number,
                "key": status.category,
                "colorName": colour,
                "name": name,
            },
        }

    def named(self, kind, name, number, version="2", **more):
        return {"self": self.url(version, kind, number), "id": number, "name": name, **more}

    def type(self, name, version="2"):
        icon = f"{self.site.address}/images/icons/type.png"
        return self.named(
            "issuetype",
            name,
            world.TYPES[name],
            version,
            description="",
            iconUrl=icon,
            subtask=False,
        )

    def priority(self, name, version="2"):
        icon = f"{self.site.address}/images/icons/priority.png"
        return self.named("priority", name, world.PRIORITIES[name], version, iconUrl=icon)

    def resolution(self, name, version="2"):
        if not name:
            return None
        return self.named("resolution", name, world.RESOLUTIONS[name], version, description="")

    def project(self, project, version="2", *, whole=False):
        shown = self.named("project", project.name, project.id, version, key=project.key)
        shown |= {
            "projectTypeKey": "software",
            "avatarUrls": {"48x48": f"{self.site.address}/avatar/{project.key}"},
        }
        if whole:
            shown |= {
                "description": "",
                "lead": self.person(self.site.mart, version),
                "components": [
                    self.component(project, name, version) for name in project.components
                ],
                "issueTypes": [self.type(name, version) for name in project.types],
                "assigneeType": "UNASSIGNED",
                "versions": [],
                "roles": {},
            }
        return shown

    def component(self, project, name, version="2"):
        number = f"{project.id}{project.components.index(name)}"
        return self.named("component", name, number, version)

    def comment(self, issue, comment, version="2"):
        shown = {
            "self": self.url(version, "issue", issue.id, "comment", comment.id),
            "id": comment.id,
            "author": self.person(comment.author, version),
            "body": comment.text.shown(version),
            "updateAuthor": self.person(comment.updated_by, version),
            "created": stamp(comment.created),
            "updated": stamp(comment.updated),
        }
        if comment.visibility:
            shown["visibility"] = comment.visibility
        if self.site.is_cloud:
            shown["jsdPublic"] = comment.is_public
        return shown

    def attachment(self, attachment, version="2"):
        if self.site.is_cloud:
            content = self.url(version, "attachment", "content", attachment.id)
        else:
            content = f"{self.site.address}/secure/attachment/{attachment.id}/{attachment.name}"
        return {
            "self": self.url(version, "attachment", attachment.id),
            "id": attachment.id,
            "filename": attachment.name,
            "author": self.person(attachment.author, version),
            "created": stamp(attachment.created),
            "size": len(attachment.content),
            "mimeType": attachment.kind,
            "content": content,
        }

    def comments(self, issue, version="2"):
        found = [self.comment(issue, one, version) for one in issue.comments]
        return {"comments": found, "maxResults": len(found), "total": len(found), "startAt": 0}

    def fields(self, issue, version="2"):
        parts = [self.component(issue.project, name, version) for name in issue.components]
        shown = {
            "summary": issue.summary,
            "description": issue.description and issue.description.shown(version),
            "issuetype": self.type(issue.type, version),
            "project": self.project(issue.project, version),
            "status": self.status(issue.status, version),
            "resolution": self.resolution(issue.resolution, version),
            "resolutiondate": issue.resolved_at and stamp(issue.resolved_at),
            "priority": self.priority(issue.priority, version),
            "labels": list(issue.labels),
            "components": parts,
            "duedate": issue.due_on,
            "assignee": self.person(issue.assignee, version),
            "reporter": self.person(issue.reporter, version),
            "creator": self.person(issue.reporter, version),
            "created": stamp(issue.created),
            "updated": stamp(issue.updated),
            "attachment": [self.attachment(one, version) for one in issue.attachments],
            "comment": self.comments(issue, version),
            "issuelinks": [],
            "watches": {
                "self": self.url(version, "issue", issue.key, "watchers"),
                "watchCount": len(issue.watchers),
                "isWatching": self.site.bot in issue.watchers,
            },
        }
        return shown | {one.id: issue.custom.get(one.id) for one in self.site.fields}

    def issue(self, issue, version="2", *, wanted=("*all",), changelog=False):
        fields = self.fields(issue, version)
        if "*all" not in wanted and "*navigable" not in wanted:
            fields = {name: value for name, value in fields.items() if name in wanted}
        shown = {
            "expand": "renderedFields,names,schema,operations,editmeta,changelog",
            "id": issue.id,
            "self": self.url(version, "issue", issue.id),
            "key": issue.key,
            "fields": fields,
        }
        if changelog:
            histories = [self.change(one, version) for one in issue.changes]
            found = {"startAt": 0, "maxResults": len(histories), "total": len(histories)}
            shown["changelog"] = found | {"histories": histories}
        return shown

    def change(self, change, version="2"):
        return {
            "id": change.id,
            "author": self.person(change.author, version),
            "created": stamp(change.created),
            "items": change.items,
        }

    def item(self, field, before, after):
        return self.plain_item(field, before.id, before.name, after.id, after.name)

    def plain_item(self, field, before_id, before, after_id, after):
        """One line of a history. Data Center does not name the field's id."""
        kind = "custom" if field.startswith("customfield") else "jira"
        shown = {"field": field, "fieldtype": kind}
        if self.site.is_cloud:
            shown["fieldId"] = field.lower()
        return shown | {"from": before_id, "fromString": before, "to": after_id, "toString": after}
