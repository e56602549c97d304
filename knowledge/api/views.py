from rest_framework.generics import GenericAPIView
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin

from knowledge.api.serializers import TopicSerializer
from knowledge.models import Topic


class TopicsView(GenericAPIView):
    permission = "knowledge.view_article"
    scope = "knowledge.read"
    serializer_class = TopicSerializer
    lookup_field = "code"
    keyset_order = ("pk",)
    queryset = Topic.objects.none()  # for the schema; what is shown begins at `visible_to`

    def get_queryset(self):
        return (
            Topic.objects.visible_to(self.request.user)
            .select_related("parent", "owner_unit")
            .prefetch_related("referral_bodies")
        )


class TopicListView(ListModelMixin, TopicsView):
    """All topics, retired ones too, oldest first; names in three languages."""

    def get(self, request):
        return self.list(request)


class TopicView(RetrieveModelMixin, TopicsView):
    """One topic by its code."""

    def get(self, request, code):
        return self.retrieve(request, code=code)
