"""Base forms of words: what is kept of a text so that any form of its words finds it.

Plain Python without Django. Estonian by a word list with compounds (`estonian`), Russian and English
by Snowball with their irregular forms (`others`), or, where it is installed and chosen, Estonian by
Vabamorf (`vabamorf`). `kept` gives what is stored of a text, `asked` what a question asks for.
"""

from common.base_forms.analysis import Asked, asked, kept
from common.base_forms.word_lists import stamp

__all__ = ["Asked", "asked", "kept", "stamp"]
