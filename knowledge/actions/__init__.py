from knowledge.actions.load_reference_data import load_reference_data
from knowledge.actions.publish_article_version import publish_article_version
from knowledge.actions.publish_script_version import publish_script_version
from knowledge.actions.renew_topic_index import renew_topic_index
from knowledge.actions.set_favourite_topic import set_favourite_topic

__all__ = [
    "load_reference_data",
    "publish_article_version",
    "publish_script_version",
    "renew_topic_index",
    "set_favourite_topic",
]
