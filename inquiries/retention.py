"""How long the raw words of telephone exchanges are kept; the calls themselves stay."""

from datetime import timedelta

from common.retention import RetentionCategory, declare
from inquiries.models import BadCallRecord, CallRecord, Dialling, PhoneEvent

EVENTS_KEPT = timedelta(days=60)
RECORDS_KEPT = timedelta(days=365)
BAD_KEPT = timedelta(days=60)

DIALLED_KEPT = timedelta(days=365)

declare(
    RetentionCategory(
        "inquiries.phone_event",
        "What an exchange said is looked up while a call's figures may still be doubted.",
        lambda at: PhoneEvent.objects.filter(received_at__lt=at - EVENTS_KEPT),
    ),
    RetentionCategory(
        "inquiries.call_record",
        "The rows of call records prove the year's figures, and keep a file from counting twice.",
        lambda at: CallRecord.objects.filter(at__lt=at - RECORDS_KEPT),
    ),
    RetentionCategory(
        "inquiries.bad_call_record",
        "Rows set aside are mended or given up within weeks.",
        lambda at: BadCallRecord.objects.filter(call_import__requested_at__lt=at - BAD_KEPT),
    ),
    RetentionCategory(
        "inquiries.dialling",
        "Who rang a client, and when, is asked within the year.",
        lambda at: Dialling.objects.filter(at__lt=at - DIALLED_KEPT),
    ),
)
