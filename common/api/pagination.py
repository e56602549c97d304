from collections.abc import Sequence
from typing import Any

from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from common.paging import keyset_page

DEFAULT_SIZE = 50
LARGEST_SIZE = 200


class KeysetPagination(BasePagination):
    """Lists of the API page by keyset: `?cursor=` from `next`, `?limit=` up to 200.

    A view says its order: `keyset_order = ("-started_at", "-pk")`. The neighbours stand in the body
    and in the Link header (RFC 8288).
    """

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        order: Sequence[str] = getattr(view, "keyset_order", ("-pk",))
        self.url = request.build_absolute_uri()
        self.page = keyset_page(
            queryset,
            order=order,
            cursor=request.query_params.get("cursor", ""),
            size=_size(request.query_params.get("limit", "")),
            strict=True,
        )
        return self.page.rows

    def get_paginated_response(self, data: Any) -> Response:
        links = {"next": self._link(self.page.next), "previous": self._link(self.page.previous)}
        header = ", ".join(
            f'<{url}>; rel="{"prev" if name == "previous" else name}"'
            for name, url in links.items()
            if url
        )
        response = Response({**links, "results": data})
        if header:
            response["Link"] = header
        return response

    def _link(self, cursor: str) -> str | None:
        return replace_query_param(self.url, "cursor", cursor) if cursor else None

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        neighbour = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": neighbour, "previous": neighbour, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        size = {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": DEFAULT_SIZE}
        return [
            {
                "name": "cursor",
                "in": "query",
                "required": False,
                "description": "Where the page begins, as `next` or `previous` of another page say.",
                "schema": {"type": "string"},
            },
            {
                "name": "limit",
                "in": "query",
                "required": False,
                "description": "How many rows a page has at most.",
                "schema": size,
            },
        ]


def _size(asked: str) -> int:
    if not (asked.isascii() and asked.isdigit()):
        return DEFAULT_SIZE
    return min(max(int(asked[:6]), 1), LARGEST_SIZE)
