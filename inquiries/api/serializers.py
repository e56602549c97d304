from django.utils import timezone
from rest_framework import serializers

from inquiries.models import Inquiry
from inquiries.typed import FORM_FIELDS

HELD_BACK = (
    "client",
    "caller_number",
    "place",
    "object_kind",
    "object_reference",
    "question",
    "answer",
)


class InquirySerializer(serializers.ModelSerializer):
    """What is for internal use goes out only to those who may read it; else its fields are null."""

    class Meta:
        model = Inquiry
        fields = (
            "id",
            "number",
            "key",
            "channel",
            "language",
            "started_at",
            "ended_at",
            "wrapped_up_at",
            "agent",
            "responsible",
            "client",
            "is_anonymous",
            "caller_number",
            "identified_how",
            "first_fact",
            "second_fact",
            "topic",
            "owner_unit",
            "county",
            "place",
            "object_kind",
            "object_reference",
            "question",
            "answer",
            "source_version",
            "source_text",
            "outcome",
            "state",
            "referral_body",
            "callback_due_at",
            "legal_kind",
            "registered_on",
            "answer_by",
            "follow_up_of",
            "is_restricted",
            "restricted_until",
            "version",
        )
        read_only_fields = fields

    def to_representation(self, instance):
        told = super().to_representation(instance)
        if not instance.is_readable_by(self.context["user"], timezone.localdate()):
            told.update(dict.fromkeys(HELD_BACK))
        return told


class NewInquirySerializer(serializers.Serializer):
    """A contact written down elsewhere; its fields are judged as those of the form are."""

    key = serializers.UUIDField()
    started_at = serializers.DateTimeField(required=False)

    def get_fields(self):
        typed = {
            name: serializers.CharField(required=False, allow_blank=True, max_length=20_000)
            for name in FORM_FIELDS
        }
        return {**super().get_fields(), **typed}
