from registry.models import Organisation, RegisterAnswer
from registry.representation import OrganisationAnswer


def known_organisation(registry_code: str) -> Organisation | OrganisationAnswer | None:
    """Return name, form, status and address as we last heard: of our copy, else of the live register."""
    if not registry_code:
        return None
    found = Organisation.objects.filter(registry_code=registry_code).first()
    if found is not None:
        return found
    answer = RegisterAnswer.objects.latest_of(registry_code)
    return answer.organisation if answer else None
