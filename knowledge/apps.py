from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    name = "knowledge"
    verbose_name = _("Knowledge")

    def ready(self):
        from accounts import own_settings, topic_words  # noqa: PLC0415
        from common import words_table  # noqa: PLC0415
        from knowledge.queries import (  # noqa: PLC0415
            code_of_topic_meant,
            names_of_topics,
            own_favourites,
        )
        from knowledge.words import WORDS  # noqa: PLC0415

        words_table.register(WORDS)
        topic_words.register(names_of_topics, code_of_topic_meant)
        own_settings.register("inquiries.log_inquiry", "knowledge/favourites.html", own_favourites)
