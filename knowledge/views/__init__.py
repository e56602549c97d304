from knowledge.views.articles import article, article_version, articles
from knowledge.views.favourites import set_favourite
from knowledge.views.home import home, search
from knowledge.views.phrases import phrases
from knowledge.views.referral_bodies import referral_bodies
from knowledge.views.scripts import write_script
from knowledge.views.topics import topic

__all__ = [
    "article",
    "article_version",
    "articles",
    "home",
    "phrases",
    "referral_bodies",
    "search",
    "set_favourite",
    "topic",
    "write_script",
]
