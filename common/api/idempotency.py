"""Requests that a caller may safely repeat: the first answer is stored and given again.

The row of the key is written in the transaction of the story itself: a story that was refused or
cut short leaves no key behind and may be tried again, and of two requests at once the second waits
and is given the first one's answer.
"""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.request import Request
from rest_framework.response import Response

from common.models import StoredReply

HEADER = "Idempotency-Key"
LONGEST_KEY = 100

Handler = Callable[..., Response]


class KeyUsedForAnother(APIException):
    status_code = 422
    default_code = "idempotency_key_reused"
    default_detail = _("This Idempotency-Key was used for another request.")


def idempotent(handler: Handler) -> Handler:
    """Let the caller of a writing method send an Idempotency-Key."""

    @wraps(handler)
    def answered_once(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get(HEADER, "")
        if not key:
            return handler(view, request, *args, **kwargs)
        if len(key) > LONGEST_KEY or not key.isascii():
            raise ParseError(_("The Idempotency-Key is too long or not in ASCII."))
        fingerprint = _fingerprint(request)
        stored = StoredReply.objects.filter(token_id=request.auth.pk, key=key).first()
        if stored is None:
            try:
                return _answer_and_store(view, request, handler, key, fingerprint, args, kwargs)
            except _Taken:
                stored = StoredReply.objects.get(token_id=request.auth.pk, key=key)
        if stored.request_hash != fingerprint:
            raise KeyUsedForAnother
        return Response(stored.body, status=stored.status, headers={"Idempotent-Replayed": "true"})

    return answered_once


class _Taken(Exception):
    """Another request with this key was quicker."""


def _answer_and_store(
    view: Any,
    request: Request,
    handler: Handler,
    key: str,
    fingerprint: str,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> Response:
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = StoredReply.objects.create(
                    token_id=request.auth.pk,
                    key=key,
                    request_hash=fingerprint,
                    status=0,
                    at=timezone.now(),
                )
        except IntegrityError as error:
            raise _Taken from error
        response = handler(view, request, *args, **kwargs)
        body = json.loads(json.dumps(response.data, default=str))
        StoredReply.objects.filter(pk=row.pk).update(status=response.status_code, body=body)
    return response


def _fingerprint(request: Request) -> str:
    told = json.dumps([request.method, request.get_full_path(), request.data], default=str)
    return hashlib.sha256(told.encode()).hexdigest()
