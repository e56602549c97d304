from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actions import record_access
from common.api.idempotency import idempotent
from common.api.pagination import KeysetPagination
from inquiries import actions
from inquiries.api.serializers import InquirySerializer, NewInquirySerializer
from inquiries.field_refusals import InquiryNotComplete
from inquiries.models import Inquiry
from inquiries.refusals import AlreadyFinished

FILTERS = {
    "state": ("state", OpenApiTypes.STR),
    "outcome": ("outcome", OpenApiTypes.STR),
    "channel": ("channel", OpenApiTypes.STR),
    "language": ("language", OpenApiTypes.STR),
    "county": ("county", OpenApiTypes.STR),
    "topic": ("topic", OpenApiTypes.INT),
    "owner_unit": ("owner_unit", OpenApiTypes.INT),
    "agent": ("agent", OpenApiTypes.INT),
}


class InquiriesView(ListAPIView):
    """Inquiries, the newest first; a new one by POST, once for each key."""

    permission = "inquiries.view_inquiry"
    scope = {"GET": "inquiries.read", "POST": "inquiries.write"}
    serializer_class = InquirySerializer
    pagination_class = KeysetPagination
    keyset_order = ("-started_at", "-pk")
    queryset = Inquiry.objects.none()

    def get_queryset(self):
        rows = Inquiry.objects.visible_to(self.request.user)
        for name, (column, kind) in FILTERS.items():
            value = self.request.query_params.get(name, "")
            if value and kind == OpenApiTypes.INT and not (value.isascii() and value.isdecimal()):
                raise ValidationError({name: ["not a number"]})
            if value:
                rows = rows.filter(**{column: value})
        return rows

    def get_serializer_context(self):
        return {**super().get_serializer_context(), "user": self.request.user}

    @extend_schema(
        parameters=[OpenApiParameter(name, kind) for name, (_column, kind) in FILTERS.items()]
    )
    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        record_access(
            what="inquiry.list",
            by=request.user,
            at=timezone.now(),
            reason=f"API: {request.auth.name}",
            result_count=len(response.data["results"]),
        )
        return response

    @extend_schema(request=NewInquirySerializer, responses={201: InquirySerializer})
    @idempotent
    def post(self, request):
        if not request.user.has_perm("inquiries.log_inquiry"):
            self.permission_denied(request)
        asked = NewInquirySerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        inquiry = _written_down(request, dict(asked.validated_data))
        shown = InquirySerializer(inquiry, context={"user": request.user})
        return Response(shown.data, status=201)


def _written_down(request, typed):
    key, now = typed.pop("key"), timezone.now()
    started = min(typed.pop("started_at", now), now)
    try:
        with transaction.atomic():  # a refused one leaves nothing behind and may be sent again
            actions.open_draft(key=key, by=request.user, at=started, typed=typed)
            return actions.finish_inquiry(key=key, by=request.user, at=now)
    except AlreadyFinished as done:
        return done.inquiry
    except InquiryNotComplete as refusal:
        raise ValidationError(
            {name: [str(why) for why in whys] for name, whys in refusal.errors.items()}
        ) from refusal


class InquiryView(APIView):
    permission = "inquiries.view_inquiry"
    scope = "inquiries.read"

    @extend_schema(responses=InquirySerializer)
    def get(self, request, pk):
        inquiry = get_object_or_404(Inquiry.objects.visible_to(request.user), pk=pk)
        record_access(
            what="inquiry.view",
            by=request.user,
            at=timezone.now(),
            subject=inquiry,
            reason=f"API: {request.auth.name}",
        )
        return Response(InquirySerializer(inquiry, context={"user": request.user}).data)
