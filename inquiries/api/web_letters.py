"""Letters written on a page of another system: the same way in as our public page."""

import base64
import binascii
import io
import uuid

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from clients.emails import EmailNotValid, normal_email
from common.api.idempotency import idempotent
from common.uploads import check_upload
from inquiries import actions
from inquiries.accepted_files import ACCEPTED
from inquiries.models import Channel, County, Language
from knowledge.models import Topic

MOST_FILES = 5


class LetterFileSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=200)
    content = serializers.CharField(help_text="base64")

    def validate_content(self, value):
        try:
            return base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError) as error:
            raise serializers.ValidationError("not base64") from error


class NewWebLetterSerializer(serializers.Serializer):
    """A letter; `is_confirmed` says that the caller has made sure that the address is the sender's."""

    key = serializers.UUIDField(required=False)
    sender_name = serializers.CharField(max_length=150, required=False, allow_blank=True)
    sender_address = serializers.CharField(max_length=254)
    topic = serializers.SlugRelatedField(
        slug_field="code", queryset=Topic.objects.for_choice(), required=False, allow_null=True
    )
    county = serializers.ChoiceField(choices=County.choices, required=False, allow_blank=True)
    subject = serializers.CharField(max_length=200)
    text = serializers.CharField(max_length=20_000)
    language = serializers.ChoiceField(choices=Language.choices, default=Language.ESTONIAN)
    is_confirmed = serializers.BooleanField(default=False)
    files = LetterFileSerializer(many=True, required=False)

    def validate_sender_address(self, value):
        try:
            return normal_email(value)
        except EmailNotValid as refusal:
            raise serializers.ValidationError(str(refusal)) from refusal

    def validate_files(self, value):
        if len(value) > MOST_FILES:
            raise serializers.ValidationError("too many files")
        return value


class TakenLetterSerializer(serializers.Serializer):
    """`number` and `answer_by` are null until the sender has confirmed the address."""

    key = serializers.UUIDField()
    number = serializers.CharField(allow_null=True)
    answer_by = serializers.DateField(allow_null=True)


class WebLettersView(APIView):
    """Letters from a web page: taken in at once, or when the sender has opened the link in our mail."""

    permission = "inquiries.log_inquiry"
    scope = "inquiries.write"

    @extend_schema(request=NewWebLetterSerializer, responses={201: TakenLetterSerializer})
    @idempotent
    def post(self, request):
        asked = NewWebLetterSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        letter = dict(asked.validated_data)
        key = letter.pop("key", None) or uuid.uuid4()
        files = [_checked(file) for file in letter.pop("files", [])]
        is_confirmed = letter.pop("is_confirmed")
        fields = {
            "sender_name": letter.get("sender_name", ""),
            "sender_address": letter["sender_address"],
            "topic": letter.get("topic"),
            "county": letter.get("county", ""),
            "subject": letter["subject"],
            "text": letter["text"],
            "language": letter["language"],
            "files": files,
            "at": timezone.now(),
        }
        if is_confirmed:
            return Response(_taken_in(key, fields), status=201)
        written = actions.write_web_letter(key=key, network="", **fields)
        return Response({"key": written.key, "number": None, "answer_by": None}, status=201)


def _taken_in(key, fields):
    letter = actions.receive_letter(
        channel=Channel.WEB,
        received_at=fields["at"],
        message_id=f"<web.{key}@servicedesk.invalid>",
        **fields,
    )
    inquiry = letter.inquiry
    return {"key": key, "number": inquiry.number, "answer_by": inquiry.answer_by}


def _checked(sent):
    file = io.BytesIO(sent["content"])
    file.name = sent["name"]
    return check_upload(file, allowed=ACCEPTED)
