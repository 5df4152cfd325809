"""Second factors that tests set up and use as a telephone would."""

from dataclasses import dataclass, field
from datetime import datetime

from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value

from dakehu.signin.operations import add_app

STEP_SECONDS = 30


@dataclass
class Telephone:
    """An authenticator app: it knows a secret, and shows a code for every half minute."""

    secret: str = field(default_factory=generate_totp_secret)

    def code_at(self, instant: datetime) -> str:
        """Return what the app shows at an instant."""
        step = int(instant.timestamp()) // STEP_SECONDS
        return str(format_hotp_value(hotp_value(self.secret, step)))

    def set_up_for(self, staff, at: datetime) -> "Telephone":
        """Become the second factor of a person."""
        add_app(staff=staff, secret=self.secret, code=self.code_at(at), at=at)
        return self
