"""Acts as tier II from outside, when the stand-in runs as a program: POST /control with a JSON object.

{"do": "comment", "issue": "KLT-1", "text": "Proovige nüüd"}
{"do": "set_status", "issue": "KLT-1", "name": "Done"}     also: assign (name), move (project), delete,
{"do": "attach", "issue": "KLT-1", "name": "a.txt", "text": "…"}           raise_issue (summary, text)
{"do": "hooks", "url": "http://…", "secret": "…", "twice": true}   any switch of the webhooks
{"do": "fault", "kind": "drop", "path": "/issue$", "done": true}   any fault; {"do": "show"} shows all
"""

import json

from tests.standins.jira.answers import Answer


def done(site, body):
    try:
        said = json.loads(body)
        verb = VERBS[said.pop("do")]
        return Answer(body=verb(site, **said))
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration) as error:
        return Answer(400, {"errorMessages": [repr(error)], "errors": {}})


def raise_issue(site, summary, text="", project="KLT"):
    return {"key": site.raise_issue(summary, text=text, project=project, by=site.mart).key}


def comment(site, issue, text):
    return {"id": site.comment(issue, text).id}


def set_status(site, issue, name):
    site.set_status(issue, name)
    return {}


def assign(site, issue, name=""):
    people = {one.name: one for one in site.people.values()}
    site.assign(issue, people[name] if name else None)
    return {}


def move(site, issue, project):
    site.move(issue, project)
    return {"key": site.find(issue).key}


def delete(site, issue):
    site.delete(issue)
    return {}


def attach(site, issue, name, text):
    return {"id": site.attach(issue, name, text.encode(), kind="text/plain").id}


def hooks(site, **switches):
    for name, value in switches.items():
        if name.startswith("_") or not hasattr(site.hooks, name):
            raise KeyError(name)
        setattr(site.hooks, name, value)
    return {}


def fault(site, kind, body="", **more):
    site.faults.add(kind, body=body.encode(), **more)
    return {}


def show(site):
    with site.lock:
        return {"issues": [site.shapes.issue(one) for one in site.issues.values()]}


VERBS = {
    one.__name__: one
    for one in (raise_issue, comment, set_status, assign, move, delete, attach, hooks, fault, show)
}
