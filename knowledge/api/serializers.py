from rest_framework import serializers

from knowledge.models import ReferralBody, Topic


class ReferralBodySerializer(serializers.ModelSerializer):
    class Meta:
        model = ReferralBody
        fields = (
            "code",
            "name_et",
            "name_en",
            "name_ru",
            "contact_et",
            "contact_en",
            "contact_ru",
            "phone",
            "url",
        )
        read_only_fields = fields


class TopicSerializer(serializers.ModelSerializer):
    group = serializers.CharField(source="parent.code", default=None, read_only=True)
    owner_unit = serializers.CharField(source="owner_unit.name_et", default=None, read_only=True)
    referral_bodies = ReferralBodySerializer(many=True, read_only=True)

    class Meta:
        model = Topic
        fields = (
            "code",
            "level",
            "group",
            "name_et",
            "name_en",
            "name_ru",
            "tier2_group",
            "owner_unit",
            "owner_basis",
            "tier1_can_close",
            "is_urgent",
            "first_call",
            "starts_access_case",
            "is_active",
            "referral_bodies",
        )
        read_only_fields = fields
