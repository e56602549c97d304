from tickets.admin import groups, jira, words

__all__ = ["groups", "jira", "words"]
