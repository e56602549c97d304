"""The language of paper templates: plain text with a little markup, variables, if, for and yesno.

A template is turned into HTML first and filled afterwards, and what fills it is escaped: a variable
is never markup and never code.
"""

from documents.template_language.engine import TemplateRefused, check_template, fill_template

__all__ = ["TemplateRefused", "check_template", "fill_template"]
