"""Changing how people sign in: passwords, second factors, sessions, accounts."""

from dakehu.signin.operations.accounts import (
    allow_account,
    suspend_account,
    tie_identity,
    unlock_account,
    untie_identity,
)
from dakehu.signin.operations.clients import (
    change_client,
    count_use,
    create_client,
    renew_key,
    revoke_client,
)
from dakehu.signin.operations.factors import (
    add_app,
    add_passkey,
    note_passkey,
    prove_by_code,
    put_codes_away,
    remove_app,
    remove_factors,
    remove_passkey,
    renew_codes,
)
from dakehu.signin.operations.passwords import choose_password, give_password, restore_access
from dakehu.signin.operations.sessions import (
    begin_session,
    end_other_sessions,
    end_own_session,
    end_session,
    end_sessions,
    follow_session,
    forget_sign_ins,
    note_presence,
)

__all__ = [
    "add_app",
    "add_passkey",
    "allow_account",
    "begin_session",
    "change_client",
    "choose_password",
    "count_use",
    "create_client",
    "end_other_sessions",
    "end_own_session",
    "end_session",
    "end_sessions",
    "follow_session",
    "forget_sign_ins",
    "give_password",
    "note_passkey",
    "note_presence",
    "prove_by_code",
    "put_codes_away",
    "remove_app",
    "remove_factors",
    "remove_passkey",
    "renew_codes",
    "renew_key",
    "restore_access",
    "revoke_client",
    "suspend_account",
    "tie_identity",
    "unlock_account",
    "untie_identity",
]
