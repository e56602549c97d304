from django.db import transaction

from clients.keys import keys_of
from clients.models import Client, ClientKey, ContactPoint


def renew_keys(*, client: Client) -> None:
    """What a client is found by may have changed.

    1. Gather the names, codes and contacts of the client and of those merged into it.
    2. Replace the keys by what they give: those of a merged client stand under the one it lives on
       in.
    """
    with transaction.atomic():
        family = list(Client.objects.filter(pk__in=client.family_ids()).order_by("pk"))
        contacts = ContactPoint.objects.filter(client__in=family).order_by("pk")
        keys = keys_of(
            names=[member.name for member in family],
            codes=[code for one in family for code in (one.registry_code, one.foreign_code)],
            contacts=list(contacts.values_list("kind", "value")),
        )
        ClientKey.objects.filter(client__in=family).delete()
        ClientKey.objects.bulk_create(ClientKey(client=client, **key._asdict()) for key in keys)
