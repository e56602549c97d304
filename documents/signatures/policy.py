"""Where implementations differ, what we do. The table with the reasons: docs/signature-policy.md."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Policy:
    """One set of answers; tests lend others."""

    # limits, before anything is unpacked
    max_file_bytes: int = 100_000_000
    max_entries: int = 1_000
    max_entry_bytes: int = 100_000_000
    max_total_bytes: int = 150_000_000
    max_ratio: int = 200  # deflated XML of signatures stays below 10, a drawing below 100
    max_xml_bytes: int = 2_000_000
    max_signatures: int = 50
    # revocation evidence beside the timestamp
    ocsp_late: dt.timedelta = dt.timedelta(minutes=15)
    ocsp_too_late: dt.timedelta = dt.timedelta(hours=24)
    ocsp_stale: dt.timedelta = dt.timedelta(hours=24)
    # clocks differ: evidence may be this much ahead of the moment of the check
    clock_skew: dt.timedelta = dt.timedelta(minutes=5)
    claimed_time_differs: dt.timedelta = dt.timedelta(hours=24)
    # algorithms, judged at the moment that the evidence proves
    sha1_evidence_until: dt.datetime = dt.datetime(2017, 2, 24, tzinfo=dt.UTC)
    rsa_1024_until: dt.datetime = dt.datetime(2018, 2, 24, tzinfo=dt.UTC)
    min_rsa_bits: int = 2_047  # a run of cards has keys of 2047 bits
    min_rsa_bits_before: int = 1_024
    min_curve_bits: int = 256


DEFAULT = Policy()
