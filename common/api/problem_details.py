"""Errors of the API as problem details (RFC 9457), with the code that stays the same in every language."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from common.models import StaleSave
from common.paging import CursorNotValid
from common.refusals import Refusal
from common.uploads import UploadRefused

CONTENT_TYPE = "application/problem+json"


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """Return the problem that an error is to the caller; None for what is our own fault."""
    if isinstance(error, Refusal):
        return refused(error)
    if isinstance(error, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return Response(problem(413, "too_large", ""), status=413, content_type=CONTENT_TYPE)
    response = exception_handler(error, context)
    if response is None:
        return None
    body = problem(response.status_code, _code(error), _words(error))
    if isinstance(error, exceptions.ValidationError):
        body["errors"] = list(_field_errors(error.get_full_details(), ""))
    response.data = body
    response.content_type = CONTENT_TYPE
    return response


def refused(refusal: Refusal) -> Response:
    status = 409
    if isinstance(refusal, CursorNotValid):
        status = 400
    elif isinstance(refusal, UploadRefused):
        status = 422
    body = problem(status, refusal.code, str(refusal))
    if isinstance(refusal, StaleSave):
        body["version"] = refusal.version
        body["differences"] = [vars(difference) for difference in refusal.differences]
    return Response(body, status=status, content_type=CONTENT_TYPE)


def problem(status: int, code: str, detail: str) -> dict[str, Any]:
    return {
        "type": f"urn:servicedesk:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
    }


def _code(error: Exception) -> str:
    if isinstance(error, Http404):
        return "not_found"
    if isinstance(error, PermissionDenied):
        return "permission_denied"
    if isinstance(error, exceptions.ValidationError):
        return "invalid"
    codes = error.get_codes() if isinstance(error, exceptions.APIException) else ""
    return codes if isinstance(codes, str) else "invalid"


def _words(error: Exception) -> str:
    """A person's words only where the error was raised for a person to read."""
    detail = getattr(error, "detail", "")
    return detail if isinstance(detail, str) else ""


def _field_errors(details: Any, path: str) -> Any:
    if isinstance(details, dict) and set(details) == {"message", "code"}:
        yield {"field": path, "code": details["code"], "detail": str(details["message"])}
    elif isinstance(details, dict):
        for name, inner in details.items():
            yield from _field_errors(inner, f"{path}.{name}" if path else str(name))
    else:
        for place, inner in enumerate(details):
            is_plain = isinstance(inner, dict) and set(inner) == {"message", "code"}
            yield from _field_errors(inner, path if is_plain else f"{path}[{place}]")
