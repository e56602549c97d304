"""Files of call records of telephone exchanges: a profile says how to read one. Without Django."""

from inquiries.call_records.legs import Leg, legs_of
from inquiries.call_records.profile import Profile, ProfileNotValid
from inquiries.call_records.rows import BadRow, NoCall, Row, rows_of

__all__ = [
    "BadRow",
    "Leg",
    "NoCall",
    "Profile",
    "ProfileNotValid",
    "Row",
    "legs_of",
    "rows_of",
]
