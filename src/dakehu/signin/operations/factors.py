"""Second factors: authenticator apps, passkeys and recovery codes; added, proved, removed."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.fernet import InvalidToken
from django.db import transaction

from dakehu.audit.choices import ChangeVerb
from dakehu.audit.operations import record_change
from dakehu.signin.errors import UnableToProve, UnableToRemoveFactor
from dakehu.signin.policies import needs_second_factor, require_manageable

if TYPE_CHECKING:
    from dakehu.people.models import Staff

Kind = Authenticator.Type
STEP_SECONDS = 30
STEPS_OF_GRACE = 1
"""A code of the step before or after is taken: clocks of telephones differ by seconds."""


@transaction.atomic
def add_app(*, staff: "Staff", secret: str, code: str, at: datetime) -> None:
    """
    Set up an authenticator app with the secret it was shown, proved by its first code.

    An app set up earlier is replaced.

    :raises UnableToProve: if the code does not come from that secret.
    """
    step = matching_step(secret, code, at=at)
    if step is None:
        raise UnableToProve
    Authenticator.objects.filter(user=staff, type=Kind.TOTP).delete()
    app = TOTP.activate(staff, secret).instance
    app.data["last_step"] = step
    app.save(update_fields=["data"])
    RecoveryCodes.activate(staff)
    record_factor(staff, "", "TOTP", by=staff, at=at)


@transaction.atomic
def add_passkey(*, staff: "Staff", name: str, credential: dict[str, Any], at: datetime) -> None:
    """Keep a passkey whose registration has been verified, under the name its owner gave it."""
    WebAuthn.add(staff, name, credential)
    RecoveryCodes.activate(staff)
    record_factor(staff, "", f"PASSKEY {name}", by=staff, at=at)


@transaction.atomic
def prove_by_code(*, staff: "Staff", code: str, at: datetime) -> None:
    """
    Accept a code of the authenticator app, or one of the recovery codes; each counts once.

    :raises UnableToProve: if it is none of them, or the installation's key is another than when
        they were kept.
    """
    known = Authenticator.objects.select_for_update().filter(user=staff).order_by("type")
    factors = {factor.type: factor for factor in known}
    app, codes = factors.get(Kind.TOTP), factors.get(Kind.RECOVERY_CODES)
    try:
        is_app = app is not None and accepts(app, code, at=at)
        used = app if is_app else codes if codes and takes_recovery(codes, code) else None
    except InvalidToken as error:
        raise UnableToProve from error
    if used is None:
        raise UnableToProve
    note_use(used, at=at)
    if not is_app:
        record_factor(staff, "RECOVERY_CODE", "", by=staff, at=at)


def takes_recovery(codes: Authenticator, code: str) -> bool:
    """Tell whether this is one of the recovery codes that nobody has used yet."""
    is_taken: bool = RecoveryCodes(codes).validate_code(code)
    if is_taken:
        codes.refresh_from_db()
    return is_taken


@transaction.atomic
def note_passkey(*, passkey: Authenticator, at: datetime) -> None:
    """Note that a passkey answered the question that it was asked."""
    note_use(passkey, at=at)


@transaction.atomic
def remove_app(*, staff: "Staff", at: datetime) -> None:
    """
    Remove one's own authenticator app.

    :raises UnableToRemoveFactor: if it is the last second factor, and the role needs one.
    """
    for app in Authenticator.objects.filter(user=staff, type=Kind.TOTP):
        remove_factor(app, staff=staff, name="TOTP", at=at)


@transaction.atomic
def remove_passkey(*, staff: "Staff", number: int, at: datetime) -> None:
    """
    Remove one of one's own passkeys; a number that is not one's own changes nothing.

    :raises UnableToRemoveFactor: if it is the last second factor, and the role needs one.
    """
    for passkey in Authenticator.objects.filter(user=staff, type=Kind.WEBAUTHN, pk=number):
        remove_factor(passkey, staff=staff, name=f"PASSKEY {passkey.wrap().name}", at=at)


@transaction.atomic
def remove_factors(*, staff: "Staff", by: "Staff", at: datetime) -> int:
    """
    Remove all second factors of somebody who lost them; returns how many there were.

    :raises UnableToManageAccount: if ``by`` may not manage the account.
    """
    require_manageable(staff, by=by)
    return drop_factors(staff, by=by, at=at)


def drop_factors(staff: "Staff", *, by: "Staff | None", at: datetime) -> int:
    """Remove all second factors and recovery codes; returns how many factors there were."""
    factors = Authenticator.objects.filter(user=staff).exclude(type=Kind.RECOVERY_CODES)
    count: int = factors.count()
    Authenticator.objects.filter(user=staff).delete()
    if count:
        record_factor(staff, str(count), "", by=by, at=at)
    return count


@transaction.atomic
def renew_codes(*, staff: "Staff", at: datetime) -> None:
    """Make new recovery codes; the earlier ones no longer count."""
    Authenticator.objects.filter(user=staff, type=Kind.RECOVERY_CODES).delete()
    RecoveryCodes.activate(staff)
    record_factor(staff, "", "RECOVERY_CODES", by=staff, at=at)


@transaction.atomic
def put_codes_away(*, staff: "Staff") -> None:
    """Show the recovery codes no more: their owner has kept them."""
    for codes in Authenticator.objects.filter(user=staff, type=Kind.RECOVERY_CODES):
        RecoveryCodes(codes).mark_as_viewed()


def accepts(app: Authenticator, code: str, *, at: datetime) -> bool:
    """Tell whether a code is the app's of this moment; the same code never counts again."""
    step = matching_step(decrypt(app.data["secret"]), code, at=at)
    if step is None or step <= app.data.get("last_step", -1):
        return False
    app.data["last_step"] = step
    app.save(update_fields=["data"])
    return True


def matching_step(secret: str, code: str, *, at: datetime) -> int | None:
    """Return the step of thirty seconds whose code this is; nothing if it is none near ``at``."""
    present = int(at.timestamp()) // STEP_SECONDS
    for step in range(present - STEPS_OF_GRACE, present + STEPS_OF_GRACE + 1):
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None


def remove_factor(factor: Authenticator, *, staff: "Staff", name: str, at: datetime) -> None:
    """Remove one second factor; recovery codes go with the last one."""
    factor.delete()
    others = Authenticator.objects.filter(user=staff).exclude(type=Kind.RECOVERY_CODES)
    if not others.exists():
        if needs_second_factor(staff):
            raise UnableToRemoveFactor
        Authenticator.objects.filter(user=staff).delete()
    record_factor(staff, name, "", by=staff, at=at)


def note_use(factor: Authenticator, *, at: datetime) -> None:
    """Keep when a factor was last used."""
    factor.last_used_at = at
    factor.save(update_fields=["last_used_at"])


def record_factor(staff: "Staff", old: str, new: str, *, by: "Staff | None", at: datetime) -> None:
    """Record that a second factor came or went; the record never says what it is made of."""
    fields = {"second_factor": (old, new)}
    record_change(verb=ChangeVerb.CHANGED, subject=staff, fields=fields, by=by, at=at)
