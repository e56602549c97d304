from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, cast

from django.template import Context, Engine, Template, TemplateSyntaxError
from django.template.base import FilterExpression, Node, Variable, VariableNode
from django.template.defaulttags import ForNode, IfNode
from django.utils.translation import gettext_lazy as _

from common.refusals import Refusal
from documents.template_language.markup import to_html

UNKNOWN = "\ue000unknown\ue001"  # stands where a variable had no value; nobody types it


class TemplateRefused(Refusal):
    """The template says something that the language does not know, or names an unknown variable."""

    code = "template_refused"
    sentence = _("The template cannot be used: %(detail)s")


class PaperEngine(Engine):
    """An engine that knows if, for and yesno and nothing else: no loaders, no libraries, no load."""

    default_builtins = ["documents.template_language.builtins"]


class Values:
    """Values by name and nothing more: a template reaches no method through it."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = {name: _sealed(value) for name, value in values.items()}

    def __getitem__(self, name: str) -> object:
        return self._values[name]

    def __bool__(self) -> bool:
        return bool(self._values)


def _sealed(value: object) -> object:
    if isinstance(value, Mapping):
        return Values(value)
    if isinstance(value, list | tuple):
        return tuple(_sealed(item) for item in value)
    return value


@lru_cache(maxsize=32)
def _compiled(source: str) -> Template:
    engine = PaperEngine(dirs=[], app_dirs=False, autoescape=True, string_if_invalid=UNKNOWN)
    try:
        return engine.from_string(to_html(source))
    except TemplateSyntaxError as error:
        raise TemplateRefused(detail=str(error)) from error


def check_template(source: str, variables: Mapping[str, object]) -> None:
    """Raise TemplateRefused unless the text is well formed and names only the given variables."""
    for expression, scope in _expressions(_compiled(source).nodelist, dict(variables)):
        _resolve(expression.var, scope)


def fill_template(source: str, values: Mapping[str, object]) -> str:
    """Return the template as HTML, filled. Raises TemplateRefused if a variable has no value."""
    context = Context({name: _sealed(value) for name, value in values.items()}, autoescape=True)
    html = _compiled(source).render(context)
    if UNKNOWN in html:
        raise TemplateRefused(detail=_("a variable has no value"))
    return html


def _expressions(
    nodes: Any, scope: dict[str, object]
) -> Iterator[tuple[FilterExpression, dict[str, object]]]:
    """Yield every expression of a template with the variables known where it stands."""
    for node in nodes:
        if isinstance(node, VariableNode):
            yield node.filter_expression, scope
        elif isinstance(node, ForNode):
            yield from _in_loop(node, scope)
        elif isinstance(node, IfNode):
            for condition, branch in node.conditions_nodelists:
                yield from ((one, scope) for one in _in_condition(condition))
                yield from _expressions(branch, scope)
        elif isinstance(node, Node) and node.child_nodelists and hasattr(node, "nodelist"):
            yield from _expressions(node.nodelist, scope)


def _in_loop(
    node: ForNode, scope: dict[str, object]
) -> Iterator[tuple[FilterExpression, dict[str, object]]]:
    sequence = cast("FilterExpression", node.sequence)
    yield sequence, scope
    found = _resolve(sequence.var, scope)
    if not isinstance(found, list) or len(node.loopvars) != 1:
        raise TemplateRefused(detail=f"for … in {sequence.token}")
    loop = {"first": "", "last": "", "counter": "", "counter0": ""}
    yield from _expressions(
        node.nodelist_loop, {**scope, node.loopvars[0]: found[0], "forloop": loop}
    )
    yield from _expressions(node.nodelist_empty, scope)


def _in_condition(condition: Any) -> Iterator[FilterExpression]:
    for part in (condition, getattr(condition, "first", None), getattr(condition, "second", None)):
        if part is None:
            continue
        if part is not condition:
            yield from _in_condition(part)
        elif isinstance(getattr(part, "value", None), FilterExpression):
            yield part.value


def _resolve(variable: Any, scope: dict[str, object]) -> object:
    """Return what the variable is in the vocabulary; a literal is what it is."""
    if not isinstance(variable, Variable) or variable.lookups is None:
        return ""
    found: object = scope
    for name in variable.lookups:
        if not isinstance(found, Mapping) or name not in found:
            raise TemplateRefused(detail=f"{{{{ {variable.var} }}}}")
        found = found[name]
    return found
