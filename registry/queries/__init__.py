from registry.queries.search_organisations import search_organisations

__all__ = ["search_organisations"]
