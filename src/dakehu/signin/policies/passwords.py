"""Rules for passwords beyond length, likeness and commonness, in the form that Django asks for."""

from typing import TYPE_CHECKING

from django.contrib.auth import password_validation
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dakehu.common.masking import Masked
from dakehu.signin.models import UsedPassword
from dakehu.signin.rules import character_kinds, has_number_of

if TYPE_CHECKING:
    from dakehu.people.models import Staff

KINDS_NEEDED = 3
PASSWORDS_REMEMBERED = 5


class LengthValidator(password_validation.MinimumLengthValidator):
    """Asks for a length, in our words."""

    def get_error_message(self) -> str:
        return self.get_help_text()

    def get_help_text(self) -> str:
        return _("Use at least %(count)s characters.") % {"count": self.min_length}


class CommonnessValidator(password_validation.CommonPasswordValidator):
    """Refuses the twenty thousand passwords that thieves try first, in our words."""

    def get_error_message(self) -> str:
        return self.get_help_text()

    def get_help_text(self) -> str:
        return _("Avoid common passwords, which thieves try first.")


class LikenessValidator(password_validation.UserAttributeSimilarityValidator):
    """Refuses what is too much like one's own name or user name, in our words."""

    def get_error_message(self) -> str:
        return self.get_help_text()

    def get_help_text(self) -> str:
        return _("Stay away from your own name and user name.")


class CharacterKindsValidator:
    """Asks for three of four kinds: small letters, capitals, digits, other characters."""

    def validate(self, password: str, user: "Staff | None" = None) -> None:
        """Pass in silence if a password mixes enough kinds.

        :raises ValidationError: otherwise.
        """
        if character_kinds(password) < KINDS_NEEDED:
            raise ValidationError(self.get_help_text(), code="password_too_uniform")

    def get_help_text(self) -> str:
        return _("Mix at least three of these: small letters, capitals, digits, other characters.")


class OwnNumbersValidator:
    """Refuses one's own telephone or identity number, and the last six digits of either."""

    def validate(self, password: str, user: "Staff | None" = None) -> None:
        """Pass in silence if a password does not contain the person's numbers.

        :raises ValidationError: otherwise.
        """
        if user is not None and has_number_of(password, numbers_of(user)):
            raise ValidationError(self.get_help_text(), code="password_has_own_number")

    def get_help_text(self) -> str:
        return _("Leave out your own telephone, identity and staff numbers.")


class UsedPasswordValidator:
    """Refuses the present password and those before it."""

    def validate(self, password: str, user: "Staff | None" = None) -> None:
        """Pass in silence if a password is none of the person's last five.

        :raises ValidationError: otherwise.
        """
        if user is None or user.pk is None:
            return
        if any(check_password(password, used) for used in used_passwords(user)):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def get_help_text(self) -> str:
        return _("Choose one that differs from your last %(count)s passwords.") % {
            "count": PASSWORDS_REMEMBERED
        }


def numbers_of(user: "Staff") -> list[str]:
    """Return the plain numbers that others may know of a person."""
    known = (user.phone, user.identity_no, user.staff_no)
    return [plain(number) for number in known if number]


def plain(number: str | Masked) -> str:
    """Return a number as it is stored."""
    return number.plain if isinstance(number, Masked) else number


def used_passwords(user: "Staff") -> list[str]:
    """Return the hashes of the last five passwords: the present one, and four before it."""
    kept = UsedPassword.objects.filter(staff_id=user.pk).order_by("-kept_at", "-pk")
    earlier = kept.values_list("password", flat=True)[: PASSWORDS_REMEMBERED - 1]
    return [user.password, *earlier]
