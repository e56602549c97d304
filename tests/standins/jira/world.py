"""What a Jira is set up with: people, statuses, the workflow, projects and fields. All of it is data."""

import dataclasses

DATA_CENTER, CLOUD = "data_center", "cloud"
CATEGORIES = {
    "new": (2, "blue-gray", "To Do"),
    "indeterminate": (4, "yellow", "In Progress"),
    "done": (3, "green", "Done"),
}
RESOLUTIONS = {
    "Done": "10000",
    "Won't Do": "10001",
    "Duplicate": "10002",
    "Cannot Reproduce": "10003",
}
PRIORITIES = {"Highest": "1", "High": "2", "Medium": "3", "Low": "4", "Lowest": "5"}
TYPES = {"Task": "10001", "Bug": "10002", "Service Request": "10003"}
SYSTEM_FIELDS = {
    "summary": "Summary",
    "description": "Description",
    "issuetype": "Issue Type",
    "project": "Project",
    "priority": "Priority",
    "labels": "Labels",
    "components": "Component/s",
    "duedate": "Due date",
    "assignee": "Assignee",
    "reporter": "Reporter",
    "status": "Status",
    "resolution": "Resolution",
    "attachment": "Attachment",
    "comment": "Comment",
    "created": "Created",
    "updated": "Updated",
}


@dataclasses.dataclass
class Person:
    name: str
    display: str
    account_id: str

    @property
    def email(self):
        return f"{self.name}@jira.example"


@dataclasses.dataclass
class Status:
    id: str
    name: str
    category: str


@dataclasses.dataclass
class Transition:
    """A move of the workflow; `of` are names of statuses it starts from, empty means from any."""

    id: str
    name: str
    to: str
    of: tuple = ()
    screen: dict = dataclasses.field(default_factory=dict)  # field → whether it is required


@dataclasses.dataclass
class CustomField:
    id: str
    name: str
    kind: str = "string"  # string, option, number, date
    options: tuple = ()


@dataclasses.dataclass
class Project:
    id: str
    key: str
    name: str
    types: tuple = tuple(TYPES)
    components: tuple = ("Portaalid", "Juurdepääsud")
    required: tuple = ()
    custom: tuple = ("customfield_10050", "customfield_10051", "customfield_10052")
    is_hidden: bool = False  # no permission to browse: 404 everywhere
    count: int = 0

    def next_key(self):
        self.count += 1
        return f"{self.key}-{self.count}"


def usual_people():
    return {
        "bot": Person("klt-bot", "Servicedesk", "5b10ac8d82e05b22cc7d4ef5"),
        "mart": Person("mart.tamm", "Mart Tamm", "5b10a2844c20165700ede21g"),
        "liis": Person("liis.kask", "Liis Kask", "5b109f2e9729b51b54dc274d"),
    }


def usual_statuses():
    return [
        Status("10000", "To Do", "new"),
        Status("3", "In Progress", "indeterminate"),
        Status("10003", "Waiting for reporter", "indeterminate"),
        Status("10002", "Done", "done"),
        Status("10004", "Rejected", "done"),
    ]


def usual_workflow():
    return [
        Transition("11", "Start", "In Progress", ("To Do", "Waiting for reporter")),
        Transition("21", "Ask the reporter", "Waiting for reporter", ("In Progress",)),
        Transition("31", "Done", "Done", screen={"resolution": False}),
        Transition("41", "Reject", "Rejected", ("To Do", "In Progress"), {"resolution": True}),
        Transition("51", "Reopen", "To Do", ("Done", "Rejected")),
    ]


def usual_projects():
    return {
        "KLT": Project("10000", "KLT", "Klienditugi"),
        "IT": Project("10001", "IT", "IT", required=("priority",)),
        "SALA": Project("10002", "SALA", "Salajane", is_hidden=True),
    }


def usual_fields():
    return [
        CustomField("customfield_10050", "Ticket number"),
        CustomField("customfield_10051", "Area", "option", ("KOTKAS", "EHR", "Muu")),
        CustomField("customfield_10052", "Clients affected", "number"),
        CustomField("customfield_10060", "Not on the screen"),
    ]
