"""
The numbers of the twelve warnings, and what an explanation of one says.

Every threshold is a field, so that it can be set per scheme and city, versioned and tried on past
days; the defaults are those shipped.  Times are seconds, traffic is kB, shares are per cent.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from dakehu.rulekit.explanation import Finding, Seen

CODES = (
    "W01",
    "W02",
    "W03",
    "W04",
    "W05M",
    "W05Y",
    "W06",
    "W07",
    "W08",
    "W09",
    "W10",
    "W11",
    "W12",
)
"""The codes of the warnings; W05 has two comparisons."""


@dataclass(frozen=True)
class WarningNumbers:
    """
    The thresholds of the warnings, in the order of the rules.

    ``recent_days`` are the last days looked at, ``earlier_days`` those just before them that they
    are compared with.  A ``percent`` is what is left of the earlier average when a fall counts.
    """

    version: int = 1

    alive_days: int = 7
    recent_days: int = 7
    earlier_days: int = 30

    hotline_calls: int = 3  # W01
    forwarded_calls: int = 3  # W02

    payment_days: int = 30  # W03: this many days against as many before them
    payment_tenure_days: int = 60
    payments_before: int = 4
    payment_percent: int = 50

    fall_tenure_days: int = 37  # W04, and the same guard in W06 and W10
    fall_voice_s: int = 1800
    fall_percent: int = 70

    last_month_voice_s: int = 1800  # W05M
    last_month_percent: int = 70
    last_year_voice_s: int = 1800  # W05Y
    last_year_percent: int = 60

    offnet_recent_s: int = 600  # W06
    offnet_earlier_s: int = 1800
    offnet_points: int = 15

    birthday_days: int = 7  # W07
    contract_days: int = 30  # W08

    idle_days: int = 7  # W09: calls on the days before yesterday
    idle_calls: int = 5

    leaving_score: int = 50  # W10 and its parts
    leaving_cap: int = 100
    leaving_fall_percent_deep: int = 30
    leaving_fall_points_deep: int = 30
    leaving_fall_percent_strong: int = 50
    leaving_fall_points_strong: int = 20
    leaving_fall_percent_mild: int = 70
    leaving_fall_points_mild: int = 10
    leaving_hotline_calls: int = 3
    leaving_hotline_points: int = 10
    leaving_forwarded_calls: int = 1
    leaving_forwarded_points: int = 15
    leaving_offnet_rise: int = 10
    leaving_offnet_points: int = 15
    leaving_payment_points: int = 10
    leaving_contract_days_past: int = 30
    leaving_contract_days_ahead: int = 60
    leaving_contract_points: int = 10
    leaving_complaint_days: int = 30
    leaving_complaint_points_each: int = 5
    leaving_complaint_points: int = 10
    leaving_new_days: int = 180
    leaving_new_points: int = 10
    leaving_data_kb: int = 10240
    leaving_data_percent: int = 50
    leaving_data_points: int = 10
    leaving_zero_call_rows: int = 3
    leaving_zero_call_points: int = 15

    funds_days: int = 3  # W11: enough for fewer days than this
    funds_charge_days: int = 30

    event_mask: int = 15  # W12


@dataclass(frozen=True)
class ScorePart:
    """One part of the leaving score: its points, what it looked at, and why it counted or not."""

    name: str
    points: int
    findings: tuple[Finding, ...]
    seen: tuple[Seen, ...]


@dataclass(frozen=True)
class Explanation:
    """
    Why a warning fired or did not: its evidence, every comparison, and the parts of a score.

    ``version`` is that of the numbers applied.  ``a`` and ``b`` are the two numbers of the
    evidence, missing when what they are computed from is unknown.
    """

    code: str
    version: int
    fired: bool
    a: int | None
    b: int | None
    finding: Finding
    parts: tuple[ScorePart, ...] = ()


@dataclass(frozen=True)
class NewReport:
    """
    What another system reports of a customer who wants to leave (W14).

    ``event_id`` is that system's own number of the event: the same number is the same event.
    """

    event_id: str
    sub_id: str
    phone: str
    kind: str
    happened_at: datetime
    source: str
    reason: str = ""

    @property
    def words(self) -> str:
        """All that was reported, as one text by which a repetition is told from another event."""
        when = self.happened_at.astimezone(UTC).isoformat()
        parts = (self.sub_id, self.phone, self.kind, when, self.source, self.reason)
        return "\n".join(parts)
