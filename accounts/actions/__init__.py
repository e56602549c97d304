from accounts.actions.record_access import record_access

__all__ = ["record_access"]
