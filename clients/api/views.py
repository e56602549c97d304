from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from clients import actions
from clients.api.serializers import (
    ChangedClientSerializer,
    ClientSerializer,
    ContactPointSerializer,
    MatchSerializer,
    NewClientSerializer,
    NewContactPointSerializer,
    SearchSerializer,
)
from clients.models import Client
from common.api.idempotency import idempotent


def checked(serializer_class, request):
    serializer = serializer_class(data=request.data)
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data


class ClientsView(APIView):
    permission = "clients.change_client"
    scope = {"POST": "clients.write"}

    @extend_schema(request=NewClientSerializer, responses={201: ClientSerializer})
    @idempotent
    def post(self, request):
        fields = checked(NewClientSerializer, request)
        client = actions.create_client(**fields, by=request.user, at=timezone.now())
        return Response(ClientSerializer(client).data, status=201)


class SearchView(APIView):
    permission = "clients.view_client"
    scope = {"POST": "clients.read"}

    @extend_schema(request=SearchSerializer, responses=MatchSerializer(many=True))
    def post(self, request):
        asked = checked(SearchSerializer, request)
        matches = actions.search_clients(**asked, by=request.user, at=timezone.now())
        return Response(MatchSerializer(matches, many=True).data)


class ClientView(APIView):
    permission = "clients.view_client"
    scope = {"GET": "clients.read"}

    @extend_schema(responses=ClientSerializer)
    def get(self, request, pk):
        """A merged card answers with the one it lives on in."""
        found = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
        client = actions.open_client(
            client=found, by=request.user, at=timezone.now(), reason=f"API: {request.auth.name}"
        )
        return Response(ClientSerializer(client).data)


class ClientFieldsView(APIView):
    permission = "clients.change_client"
    scope = {"PATCH": "clients.write"}

    @extend_schema(request=ChangedClientSerializer, responses=ClientSerializer)
    @idempotent
    def patch(self, request, pk):
        client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
        fields = checked(ChangedClientSerializer, request)
        changed = actions.change_client(
            client=client,
            version=fields.pop("version"),
            fields=fields,
            by=request.user,
            at=timezone.now(),
        )
        return Response(ClientSerializer(changed).data)


class ContactPointsView(APIView):
    permission = "clients.change_client"
    scope = {"POST": "clients.write"}

    @extend_schema(request=NewContactPointSerializer, responses={201: ContactPointSerializer})
    @idempotent
    def post(self, request, pk):
        client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
        fields = checked(NewContactPointSerializer, request)
        point = actions.add_contact_point(
            client=client, **fields, by=request.user, at=timezone.now()
        )
        return Response(ContactPointSerializer(point).data, status=201)
