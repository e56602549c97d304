"""What an API token may be issued for. A view names one of these as its `scope`.

Coarser than permissions on purpose: a call needs the scope of the token and the permission of the
account. The permission here is the least that the account must have for the scope to be of use.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SCOPES: dict[str, tuple[Promise, str]] = {
    "clients.read": (_("find and read clients"), "clients.view_client"),
    "clients.write": (_("add and change clients"), "clients.change_client"),
    "inquiries.read": (_("read inquiries"), "inquiries.view_inquiry"),
    "inquiries.write": (_("write down inquiries"), "inquiries.log_inquiry"),
    "knowledge.read": (_("read topics"), "knowledge.view_article"),
}
