"""Which measures a scheme describes its levels by (T2 to T7)."""

from collections.abc import Mapping

PROFILES: Mapping[str, tuple[str, ...]] = {
    # T7: the four by whose averages the source describes the levels.
    "group-abc": ("employees", "revenue_12m", "it_revenue_12m", "it_products_12m"),
    "it-service": ("it_revenue_year", "service_fee_year"),
    "credit": ("arrears_days_12m", "tenure_days", "revenue_12m_own"),
}


def profile_of(code: str) -> tuple[str, ...]:
    """Return the measures by whose averages the levels of a scheme are described."""
    return PROFILES.get(code, ())
