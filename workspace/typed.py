"""What the call screen makes of what was typed, before it is kept."""

from clients.phones import PhoneNotValid, normal_phone


def with_number(typed):
    """What was typed to find the caller is the caller's number where it is one."""
    lookup = typed.get("caller_lookup", "")
    if not lookup or typed.get("caller_number"):
        return typed
    try:
        return {**typed, "caller_number": normal_phone(lookup)}
    except PhoneNotValid:
        return typed
