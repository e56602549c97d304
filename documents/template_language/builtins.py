"""All that a paper template may use besides variables."""

from django.template import Library
from django.template.defaultfilters import yesno
from django.template.defaulttags import do_for, do_if

register = Library()
register.tag("if", do_if)
register.tag("for", do_for)
register.filter("yesno", yesno, is_safe=False)
