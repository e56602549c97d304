"""The door for telephone exchanges: one address for each, with its token in it."""

from django.conf import settings
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ParseError, Throttled
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.response import Response
from rest_framework.views import APIView

from common.api.problem_details import CONTENT_TYPE, problem
from common.rate_limit import A_MINUTE, is_too_often
from common.tokens import token_hash
from inquiries import actions
from inquiries.models import PhoneLine
from inquiries.phone_words import EVENTS, WordNotUnderstood, word_of

GUESSES_A_MINUTE = 30
TURN_AWAY = {"action": "reject", "reason": "busy"}

WORD = inline_serializer(
    "PhoneEvent",
    {
        "event": serializers.ChoiceField(EVENTS),
        "callId": serializers.CharField(max_length=250),
        "direction": serializers.ChoiceField(["in", "out"]),
        "from": serializers.CharField(required=False),
        "to": serializers.CharField(required=False),
        "user": serializers.ListField(child=serializers.CharField(), required=False),
        "queue": serializers.CharField(required=False),
        "answeringNumber": serializers.CharField(required=False),
        "cause": serializers.CharField(required=False),
    },
)


class CtiView(APIView):
    """An exchange tells that a call rings, is answered or is over; told twice, it counts once.

    The token in the address is all that lets it in. An address that is not known is answered as
    any page that is not there.
    """

    authentication_classes = ()
    permission_classes = ()
    parser_classes = (JSONParser, FormParser, MultiPartParser)
    http_method_names = ("post",)

    @extend_schema(
        request=WORD,
        responses={200: OpenApiTypes.OBJECT},
        examples=[OpenApiExample("blocked number", TURN_AWAY, response_only=True)],
        auth=[],
    )
    def post(self, request, token):
        now = timezone.now()
        minute = int(now.timestamp()) // A_MINUTE
        line = PhoneLine.objects.open().filter(token_hash=token_hash(token)).first()
        if line is None:
            guesser = f"cti-guess:{request.META.get('REMOTE_ADDR', '')}"
            if is_too_often(guesser, most=GUESSES_A_MINUTE, minute=minute):
                raise Throttled
            raise NotFound
        if is_too_often(f"cti:{line.pk}", most=settings.CTI_EVENTS_A_MINUTE, minute=minute):
            raise Throttled(wait=A_MINUTE)
        try:
            word = word_of(request.data)
        except RecursionError as deep:
            raise ParseError from deep
        except WordNotUnderstood as refused:
            told = problem(422, refused.code, str(refused))
            return Response(told, status=422, content_type=CONTENT_TYPE)
        call = actions.receive_phone_event(line=line, word=word, at=now)
        return Response(TURN_AWAY if call.was_turned_away and word.event == "newCall" else {})
