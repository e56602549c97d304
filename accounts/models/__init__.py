from accounts.models.access_entry import AccessEntry
from accounts.models.role_assignment import RoleAssignment
from accounts.models.unit import Unit
from accounts.models.user import User

__all__ = ["AccessEntry", "RoleAssignment", "Unit", "User"]
