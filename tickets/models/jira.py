import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from common.encryption import EncryptedTextField


class Edition(models.TextChoices):
    CLOUD = "cloud", "Jira Cloud"
    DATA_CENTER = "data_center", "Jira Data Center"


class JiraSite(models.Model):
    """One Jira that tier II works in: where it is and in whose name we speak there."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    address = models.URLField(_("address"), max_length=200)
    edition = models.CharField(_("edition"), max_length=11, choices=Edition)
    account = models.CharField(_("account"), max_length=200, blank=True)  # Cloud: an e-mail address
    token = EncryptedTextField(_("token"), blank=True)
    webhook_secret = EncryptedTextField(_("secret of its webhooks"), blank=True)
    # By whom our own words there are known, so that none of them comes back as somebody's.
    own_identity = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    reconciled_at = models.DateTimeField(null=True, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("Jira")
        verbose_name_plural = "Jira"

    def __str__(self):
        return self.code


class JiraProject(models.Model):
    """Where in Jira a group works, what of a ticket may leave the house, and what their words mean."""

    site = models.ForeignKey(
        JiraSite, on_delete=models.PROTECT, related_name="projects", verbose_name="Jira"
    )
    group = models.OneToOneField(
        "tickets.TicketGroup",
        on_delete=models.PROTECT,
        related_name="jira_project",
        verbose_name=_("group"),
    )
    project_key = models.CharField(_("project"), max_length=20)
    issue_type = models.CharField(_("issue type"), max_length=60, default="Task")
    # Allow-list: what is not named here does not leave. Field of Jira: field of ours.
    field_map = models.JSONField(_("fields that leave"), default=dict, blank=True)
    # Name of a status there: state here, where its category alone says too little.
    status_map = models.JSONField(_("statuses"), default=dict, blank=True)
    sends_comments = models.BooleanField(_("comments to tier II leave"), default=True)
    takes_comments = models.BooleanField(_("comments of tier II come in"), default=True)
    sends_files = models.BooleanField(_("files leave"), default=True)
    close_transition = models.CharField(_("transition that closes"), max_length=60, blank=True)
    reopen_transition = models.CharField(_("transition that reopens"), max_length=60, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("project in Jira")
        verbose_name_plural = _("projects in Jira")

    def __str__(self):
        return self.project_key


class JiraLink(models.Model):
    """Which issue in Jira a ticket is: by its id, since the key changes when it moves."""

    ticket = models.ForeignKey(
        "tickets.Ticket", on_delete=models.PROTECT, related_name="jira_links"
    )
    is_current = models.BooleanField(default=True)
    project = models.ForeignKey(JiraProject, on_delete=models.PROTECT, related_name="+")
    marker = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    issue_id = models.CharField(max_length=20, blank=True)
    issue_key = models.CharField(max_length=40, blank=True)  # for showing
    status = models.CharField(max_length=100, blank=True)  # as Jira names it
    assignee_name = models.CharField(max_length=200, blank=True)
    # `fields.updated` of the last word applied: an older one changes nothing.
    updated_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "issue_id"],
                condition=~Q(issue_id=""),
                name="tickets_issue_of_one_ticket",
            ),
            models.UniqueConstraint(
                fields=["ticket"],
                condition=Q(is_current=True),
                name="tickets_one_current_link",
            ),
        ]
        indexes = [models.Index(fields=["issue_id"], name="tickets_link_by_issue")]

    def __str__(self):
        return self.issue_key or str(self.marker)


class CallKind(models.TextChoices):
    CREATE = "create", _("create the issue")
    COMMENT = "comment", _("send a comment")
    FILE = "file", _("send a file")
    CLOSE = "close", _("close the issue")
    REOPEN = "reopen", _("open the issue again")
    LINK = "link", _("show our ticket there")


class CallState(models.TextChoices):
    OWED = "owed", _("waits")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    DROPPED = "dropped", _("not needed any more")


class JiraCall(models.Model):
    """A call that we owe Jira: one row an intent, however often it is tried."""

    ticket = models.ForeignKey(
        "tickets.Ticket", on_delete=models.PROTECT, related_name="jira_calls"
    )
    link = models.ForeignKey(JiraLink, on_delete=models.PROTECT, related_name="calls")
    kind = models.CharField(max_length=8, choices=CallKind)
    local_id = models.CharField(max_length=40)  # of the comment, file or turn that it is about
    state = models.CharField(max_length=8, choices=CallState, default=CallState.OWED)
    owed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    taken_until = models.DateTimeField(null=True, blank=True)  # a worker's lease
    attempts = models.PositiveSmallIntegerField(default=0)
    # A try ended without an answer: it may have happened, so it is looked for before the next.
    is_doubtful = models.BooleanField(default=False)
    error = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    remote_id = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["link", "kind", "local_id"], name="tickets_jira_call_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="tickets_jira_call_owed",
                condition=Q(state=CallState.OWED),
            ),
            models.Index(
                fields=["owed_at", "id"],
                name="tickets_jira_call_failed",
                condition=Q(state=CallState.FAILED),
            ),
        ]

    def __str__(self):
        return f"{self.ticket_id} {self.kind} {self.local_id}"


class JiraWebhook(models.Model):
    """One word from Jira as it came: kept first, worked on later, each once."""

    site = models.ForeignKey(JiraSite, on_delete=models.CASCADE, related_name="webhooks")
    identity = models.CharField(max_length=128)
    body = EncryptedTextField()
    received_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "identity"], name="tickets_webhook_once")
        ]
        indexes = [
            models.Index(
                fields=["received_at", "id"],
                name="tickets_webhook_waiting",
                condition=Q(applied_at__isnull=True),
            )
        ]

    def __str__(self):
        return f"{self.site_id} {self.identity}"
