from clients.actions.change_client import ClientMerged
from clients.models import Client, ContactPoint


def lock_client(client_id: int) -> Client:
    """Raises ClientMerged. Must be called inside the transaction that changes the card."""
    client = Client.objects.select_for_update(of=("self",)).get(pk=client_id)
    if client.merged_into_id:
        raise ClientMerged
    return client


def lock_contact_point(point_id: int) -> ContactPoint:
    """Lock the client first, as every action does, so that two of them never wait for each other.

    Raises ClientMerged, and ContactPoint.DoesNotExist if it was removed meanwhile.
    """
    lock_client(ContactPoint.objects.values_list("client_id", flat=True).get(pk=point_id))
    return ContactPoint.objects.select_for_update(of=("self",)).get(pk=point_id)
