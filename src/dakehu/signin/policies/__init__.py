"""What a password may be, who needs a second factor, whose account one may manage."""

from dakehu.signin.policies.accounts import require_manageable
from dakehu.signin.policies.directory import DirectoryBackend
from dakehu.signin.policies.duties import duty_of
from dakehu.signin.policies.factors import FactorAdapter, needs_second_factor
from dakehu.signin.policies.passwords import (
    CharacterKindsValidator,
    CommonnessValidator,
    LengthValidator,
    LikenessValidator,
    OwnNumbersValidator,
    UsedPasswordValidator,
)

__all__ = [
    "CharacterKindsValidator",
    "CommonnessValidator",
    "DirectoryBackend",
    "FactorAdapter",
    "LengthValidator",
    "LikenessValidator",
    "OwnNumbersValidator",
    "UsedPasswordValidator",
    "duty_of",
    "needs_second_factor",
    "require_manageable",
]
