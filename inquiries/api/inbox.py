"""The inbox for programs: letters that wait for an answer, and a letter that another system received."""

from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.response import Response

from accounts.actions import record_access
from accounts.models import Unit
from common.api.idempotency import idempotent
from common.api.pagination import KeysetPagination
from inquiries import actions
from inquiries.models import WRITTEN, Inquiry, Language, LegalKind, Letter
from inquiries.models.letter import CHANNELS
from inquiries.queries import (
    INBOX_ORDER,
    InboxFilters,
    first_letters,
    letters_in_inbox,
    mark_readable,
    rows_of_inbox,
)

FILTERS = {
    "whose": ["mine", "unassigned"],
    "due": ["late", "today", "near"],
    "channel": [one.value for one in WRITTEN],
}
HELD_BACK = ("sender_name", "subject")


class WaitingLetterSerializer(serializers.ModelSerializer):
    """A written inquiry that waits for an answer, with the letter by which it began.

    What is for internal use goes out without its sender and subject to those who may not read it.
    """

    inquiry = serializers.IntegerField(source="pk")
    letter = serializers.SerializerMethodField()
    sender_name = serializers.SerializerMethodField()
    subject = serializers.SerializerMethodField()

    class Meta:
        model = Inquiry
        fields = (
            "inquiry",
            "number",
            "letter",
            "channel",
            "language",
            "sender_name",
            "subject",
            "topic",
            "owner_unit",
            "responsible",
            "state",
            "legal_kind",
            "register_number",
            "registered_on",
            "answer_by",
            "is_restricted",
        )
        read_only_fields = fields

    @extend_schema_field({"type": "integer", "nullable": True})
    def get_letter(self, inquiry):
        return inquiry.first_letter.pk if inquiry.first_letter else None

    @extend_schema_field({"type": "string", "nullable": True})
    def get_sender_name(self, inquiry):
        return self._of_letter(inquiry, "sender_name")

    @extend_schema_field({"type": "string", "nullable": True})
    def get_subject(self, inquiry):
        return self._of_letter(inquiry, "subject")

    def _of_letter(self, inquiry, name):
        if inquiry.first_letter is None or not inquiry.is_readable:
            return None
        return getattr(inquiry.first_letter, name)


class ReceivedLetterSerializer(serializers.ModelSerializer):
    """Under what number a letter was received; not what it says, which the sender of the call knows."""

    number = serializers.CharField(source="inquiry.number")

    class Meta:
        model = Letter
        fields = ("id", "inquiry", "number")
        read_only_fields = fields


class NewLetterSerializer(serializers.Serializer):
    """A letter as it came; once for each message id."""

    channel = serializers.ChoiceField(choices=CHANNELS)
    sender_name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    sender_address = serializers.CharField(max_length=300, required=False, allow_blank=True)
    subject = serializers.CharField(max_length=200)
    text = serializers.CharField(max_length=20_000, required=False, allow_blank=True)
    language = serializers.ChoiceField(choices=Language.choices, required=False)
    legal_kind = serializers.ChoiceField(choices=LegalKind.choices, required=False)
    register_number = serializers.CharField(max_length=50, required=False, allow_blank=True)
    message_id = serializers.CharField(max_length=1_000)
    received_at = serializers.DateTimeField(required=False)


class InboxView(ListAPIView):
    """Letters that wait for an answer, the nearest legal deadline first.

    A letter that another system has received becomes, by POST, an inquiry that nobody has yet.
    """

    permission = {"GET": "inquiries.view_inquiry", "POST": "inquiries.register_letter"}
    scope = {"GET": "inquiries.read", "POST": "inquiries.write"}
    serializer_class = WaitingLetterSerializer
    pagination_class = KeysetPagination
    keyset_order = INBOX_ORDER
    queryset = Inquiry.objects.none()

    def get_queryset(self):
        by: Any = self.request.user
        filters = _read(self.request.query_params)
        return rows_of_inbox(letters_in_inbox(filters, by=by, today=timezone.localdate()))

    def paginate_queryset(self, queryset):
        by: Any = self.request.user
        rows: list[Any] = super().paginate_queryset(queryset) or []
        letters = first_letters(rows)
        mark_readable(rows, by=by, today=timezone.localdate())
        for row in rows:
            row.first_letter = letters.get(row.pk)
        return rows

    @extend_schema(
        parameters=[
            *(OpenApiParameter(name, str, enum=values) for name, values in FILTERS.items()),
            OpenApiParameter("unit", OpenApiTypes.INT, description="With the units below it."),
        ]
    )
    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        record_access(
            what="inquiry.inbox",
            by=request.user,
            at=timezone.now(),
            reason=f"API: {request.auth.name}",
            result_count=len(response.data["results"]),
        )
        return response

    @extend_schema(request=NewLetterSerializer, responses={201: ReceivedLetterSerializer})
    @idempotent
    def post(self, request):
        asked = NewLetterSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        now = timezone.now()
        typed = {
            "sender_name": "",
            "sender_address": "",
            "text": "",
            "received_at": now,
            **asked.validated_data,
        }
        letter = actions.receive_letter(**typed, files=[], by=request.user, at=now)
        return Response(ReceivedLetterSerializer(letter).data, status=201)


def _read(asked):
    chosen = {name: asked.get(name, "") for name in FILTERS}
    for name, value in chosen.items():
        if value and value not in FILTERS[name]:
            raise ValidationError({name: [f"not one of {', '.join(FILTERS[name])}"]})
    number = asked.get("unit", "")
    if not number:
        return InboxFilters(**chosen)
    unit = Unit.objects.filter(pk=int(number)).first() if _is_number(number) else None
    if unit is None:
        raise ValidationError({"unit": ["no such unit"]})
    return InboxFilters(**chosen, unit=unit)


def _is_number(text):
    return text.isascii() and text.isdecimal() and len(text) < 10
