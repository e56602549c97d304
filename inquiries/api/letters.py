"""Letters for programs: the thread of an inquiry, one letter, and its number in the document register."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actions import record_access
from common.api.idempotency import idempotent
from common.models import StoredFile
from inquiries import actions
from inquiries.models import WRITTEN, Inquiry, LegalKind, Letter
from inquiries.refusals import LetterNotComplete


class LetterSerializer(serializers.ModelSerializer):
    class Meta:
        model = Letter
        fields: tuple[str, ...] = (
            "id",
            "inquiry",
            "direction",
            "kind",
            "channel",
            "language",
            "sender_name",
            "sender_address",
            "recipient_name",
            "recipient_address",
            "subject",
            "text",
            "at",
            "written_by",
            "left_at",
            "posted_on",
            "bounced_at",
        )
        read_only_fields = fields


class LetterFileOfThreadSerializer(serializers.ModelSerializer):
    name = serializers.CharField(source="original_name")

    class Meta:
        model = StoredFile
        fields = ("name", "content_type", "size", "sha256")
        read_only_fields = fields


class OneLetterSerializer(LetterSerializer):
    """A letter with what the files that came with it are; they are opened on its page."""

    files = LetterFileOfThreadSerializer(many=True, read_only=True)

    class Meta(LetterSerializer.Meta):
        fields = (*LetterSerializer.Meta.fields, "files")


class RegistrationSerializer(serializers.ModelSerializer):
    """How the document register knows the letter, and the day for the answer that follows from it."""

    legal_kind = serializers.ChoiceField(choices=LegalKind.choices, required=False)

    class Meta:
        model = Inquiry
        fields = ("number", "register_number", "registered_on", "legal_kind", "answer_by")
        read_only_fields = ("number", "answer_by")
        extra_kwargs = {
            "register_number": {"required": True, "allow_blank": False},
            "registered_on": {"required": True, "allow_null": False},
        }


class LettersView(APIView):
    """The letters of an inquiry, the oldest first, those between us among them."""

    permission = "inquiries.view_inquiry"
    scope = "inquiries.read"

    @extend_schema(responses=LetterSerializer(many=True))
    def get(self, request, pk):
        inquiry = get_object_or_404(Inquiry.objects.visible_to(request.user), pk=pk)
        opened(request, inquiry)
        return Response(LetterSerializer(inquiry.letters.all(), many=True).data)


class LetterView(APIView):
    """One letter of a thread."""

    permission = "inquiries.view_inquiry"
    scope = "inquiries.read"

    @extend_schema(responses=OneLetterSerializer)
    def get(self, request, pk):
        letters = Letter.objects.visible_to(request.user).select_related("inquiry")
        letter = get_object_or_404(letters, pk=pk)
        opened(request, letter.inquiry)
        return Response(OneLetterSerializer(letter).data)


class RegistrationView(APIView):
    """The agency's document register has given a letter its number and day."""

    permission = "inquiries.answer_letter"
    scope = "inquiries.write"

    @extend_schema(request=RegistrationSerializer, responses=RegistrationSerializer)
    @idempotent
    def post(self, request, pk):
        letters = Inquiry.objects.visible_to(request.user).filter(channel__in=WRITTEN)
        inquiry = get_object_or_404(letters, pk=pk)
        opened(request, inquiry)
        if not request.user.has_perm(self.permission, inquiry):
            raise PermissionDenied
        asked = RegistrationSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        typed = {"legal_kind": inquiry.legal_kind, **asked.validated_data}
        try:
            inquiry = actions.register_letter(
                inquiry=inquiry, **typed, by=request.user, at=timezone.now()
            )
        except LetterNotComplete as refusal:
            raise ValidationError(
                {name: [str(why) for why in whys] for name, whys in refusal.errors.items()}
            ) from refusal
        return Response(RegistrationSerializer(inquiry).data)


def opened(request, inquiry):
    """Note that a program reads it. Raises PermissionDenied where its account may not."""
    if not inquiry.is_readable_by(request.user, timezone.localdate()):
        raise PermissionDenied
    record_access(
        what="inquiry.view",
        by=request.user,
        at=timezone.now(),
        subject=inquiry,
        reason=f"API: {request.auth.name}",
    )
