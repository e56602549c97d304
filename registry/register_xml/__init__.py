"""The XML that the business register speaks. No Django and no network here."""
