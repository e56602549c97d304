"""What the words of an article are taken from."""

from common.words_table import WordsTable
from knowledge.models import ArticleVersion, ArticleWords

WORDS = WordsTable(words=ArticleWords, of=ArticleVersion, fields=("title", "body", "law_reference"))
