"""A small API of our own, through which the conventions are tried."""

import datetime as dt

from django.urls import path
from rest_framework import generics, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from common import actions
from common.api.idempotency import idempotent
from common.models import Difference, Event, NumberSeries, StaleSave
from common.states import MoveNotAllowed

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


class EventSerializer(serializers.ModelSerializer):
    class Meta:
        model = Event
        fields = ["id", "kind"]


class Events(generics.ListAPIView):
    permission = "workspace.search"
    scope = "events.read"
    queryset = Event.objects.all()
    serializer_class = EventSerializer
    keyset_order = ("-at", "-pk")


class NumberSerializer(serializers.Serializer):
    series = serializers.CharField(max_length=3)
    inner = serializers.ListField(child=serializers.IntegerField(), required=False)


class Numbers(APIView):
    permission = "workspace.search"
    scope = {"GET": "numbers.read", "POST": "numbers.write"}

    def get(self, request):
        return Response(NumberSeries.objects.count())

    @idempotent
    def post(self, request):
        asked = NumberSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        number = actions.take_number(series=asked.validated_data["series"], at=NOON)
        if request.data["series"] == "NO":
            raise MoveNotAllowed(state="closed")
        if request.data["series"] == "OLD":
            differences = [Difference("text", "Text", "theirs", "mine")]
            raise StaleSave(current=NumberSeries(), version=7, differences=differences)
        return Response({"number": number}, status=201)


class Unscoped(APIView):
    permission = "workspace.search"

    def get(self, request):
        return Response("never")


urlpatterns = [
    path("events/", Events.as_view()),
    path("numbers/", Numbers.as_view()),
    path("unscoped/", Unscoped.as_view()),
]
