"""The words of Jira, without Django: documents, markup, events, markers and statuses.

`tickets/gateways/jira.py` speaks to Jira; what was said is turned into our words here.
"""
