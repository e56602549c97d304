from inquiries.models import Inquiry, Letter


def thread_of(thread_hash: str) -> Inquiry | None:
    """Return the inquiry from which a letter left under the token of this hash."""
    letter = Letter.objects.filter(thread_hash=thread_hash).select_related("inquiry").first()
    return letter.inquiry if letter else None
