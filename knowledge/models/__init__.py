from knowledge.models.article import Article
from knowledge.models.article_version import ArticleVersion
from knowledge.models.article_words import ArticleWords
from knowledge.models.favourite_topic import FavouriteTopic
from knowledge.models.phrase import Phrase
from knowledge.models.referral_body import ReferralBody
from knowledge.models.script_version import ScriptVersion
from knowledge.models.topic import Topic
from knowledge.models.topic_index_stamp import TopicIndexStamp
from knowledge.models.topic_term import TopicTerm

__all__ = [
    "Article",
    "ArticleVersion",
    "ArticleWords",
    "FavouriteTopic",
    "Phrase",
    "ReferralBody",
    "ScriptVersion",
    "Topic",
    "TopicIndexStamp",
    "TopicTerm",
]
