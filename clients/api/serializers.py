from rest_framework import serializers

from clients.models import Client, ClientKind, ClientLanguage, ContactKind, ContactPoint


class ContactPointSerializer(serializers.ModelSerializer):
    class Meta:
        model = ContactPoint
        fields = ("id", "kind", "value", "note", "confirmed_at", "confirmed_how")
        read_only_fields = ("id", "confirmed_at", "confirmed_how")
        extra_kwargs = {"note": {"required": False}}


class ClientSerializer(serializers.ModelSerializer):
    """A personal code never leaves whole: it is masked."""

    code = serializers.CharField(source="code_shown", read_only=True)
    contact_points = ContactPointSerializer(many=True, read_only=True)

    class Meta:
        model = Client
        fields = (
            "id",
            "kind",
            "name",
            "first_name",
            "last_name",
            "registry_code",
            "country",
            "foreign_code",
            "code",
            "language",
            "pinned_note",
            "version",
            "contact_points",
        )
        read_only_fields = fields


class ClientFieldsSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=200, required=False)
    first_name = serializers.CharField(max_length=100, required=False, allow_blank=True)
    last_name = serializers.CharField(max_length=100, required=False, allow_blank=True)
    registry_code = serializers.CharField(max_length=20, required=False, allow_blank=True)
    country = serializers.RegexField(r"^[A-Z]{2}$", required=False)
    foreign_code = serializers.CharField(max_length=40, required=False, allow_blank=True)
    personal_code = serializers.CharField(
        max_length=40, required=False, allow_blank=True, write_only=True
    )
    language = serializers.ChoiceField(choices=ClientLanguage.choices, required=False)


class NewClientSerializer(ClientFieldsSerializer):
    kind = serializers.ChoiceField(choices=ClientKind.choices)
    phones = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False, max_length=10
    )
    emails = serializers.ListField(
        child=serializers.CharField(max_length=254), required=False, max_length=10
    )


class ChangedClientSerializer(ClientFieldsSerializer):
    version = serializers.IntegerField(min_value=1)


class NewContactPointSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=ContactKind.choices)
    value = serializers.CharField(max_length=254)
    note = serializers.CharField(max_length=100, required=False, allow_blank=True)


class SearchSerializer(serializers.Serializer):
    """The text is posted: it must stand in no address."""

    text = serializers.CharField(max_length=200)
    limit = serializers.IntegerField(min_value=1, max_value=50, default=10)


class MatchSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="client.pk")
    kind = serializers.CharField(source="client.kind")
    name = serializers.CharField(source="client.name")
    contact = serializers.CharField(help_text="Masked.")
    matched_by = serializers.CharField()
