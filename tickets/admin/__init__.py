from tickets.admin import groups, jira

__all__ = ["groups", "jira"]
