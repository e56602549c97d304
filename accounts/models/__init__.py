from accounts.models.access_entry import AccessEntry
from accounts.models.api_token import ApiToken
from accounts.models.competence import Competence, CompetenceHolding
from accounts.models.line_period import LinePeriod, LineState
from accounts.models.responsibility import Responsibility
from accounts.models.role_assignment import RoleAssignment
from accounts.models.substitution import Substitution
from accounts.models.unit import Unit
from accounts.models.user import User

__all__ = [
    "AccessEntry",
    "ApiToken",
    "Competence",
    "CompetenceHolding",
    "LinePeriod",
    "LineState",
    "Responsibility",
    "RoleAssignment",
    "Substitution",
    "Unit",
    "User",
]
