from registry.queries.known_organisation import known_organisation
from registry.queries.open_data import data_moment, open_data_answer
from registry.queries.search_organisations import search_organisations

__all__ = ["data_moment", "known_organisation", "open_data_answer", "search_organisations"]
