"""What takes messages from here: a mail server, an SMS gateway by HTTP, or a folder of files."""

import hmac
import json
import smtplib
from collections.abc import Sequence
from datetime import datetime
from email.utils import formatdate
from hashlib import sha256
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dakehu.common.filespace import FilespaceUnreachable, open_filespace
from dakehu.common.posting import Trouble, Unanswered, post
from dakehu.outbox.choices import Way
from dakehu.outbox.errors import Undelivered
from dakehu.outbox.rules import line_of
from dakehu.outbox.values import Letter

SECONDS = 20
AGAIN_LATER = {408, 425, 429}
ANSWER = 300
WORDS = dict.fromkeys(
    (Trouble.UNKNOWN, Trouble.REFUSED, Trouble.UNTRUSTED),
    gettext_lazy("The SMS gateway cannot be reached."),
)


class Gateway(Protocol):
    """What takes messages; ``at_once`` is how many it takes together, all or none."""

    at_once: int

    def take(self, letters: Sequence[Letter], *, at: datetime) -> str:
        """Take messages, and return what is to be remembered of it.

        :raises Undelivered: if they were not taken.
        """


def gateway_for(way: str) -> Gateway | None:
    """Return what sends by a way; None while nothing is set up."""
    if way == Way.EMAIL:
        return MailGateway() if settings.MAIL_FROM else None
    if not settings.SMS_URL:
        return None
    is_http = settings.SMS_URL.startswith(("http://", "https://"))
    return HttpGateway() if is_http else FileGateway()


class MailGateway:
    """A mail server, by Django's own mail backend."""

    at_once = 1

    def take(self, letters: Sequence[Letter], *, at: datetime) -> str:
        """Send one mail."""
        (letter,) = letters
        domain = settings.MAIL_FROM.rpartition("@")[2].rstrip("> ")
        mail = EmailMessage(
            letter.title,
            letter.text,
            settings.MAIL_FROM,
            [letter.to],
            headers={
                "Message-ID": f"<{letter.key}@{domain}>",
                "Date": formatdate(at.timestamp(), localtime=True),
            },
            connection=get_connection(timeout=SECONDS),
        )
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            raise Undelivered(words_of(code, said), is_final=code >= 500) from error
        except smtplib.SMTPResponseException as error:
            raise Undelivered(words_of(error.smtp_code, error.smtp_error)) from error
        except (smtplib.SMTPConnectError, ConnectionRefusedError) as error:
            raise Undelivered(_("The mail server cannot be reached.")) from error
        except (smtplib.SMTPException, OSError) as error:
            words = _("The connection to the mail server was lost.")
            raise Undelivered(words, is_doubtful=True) from error
        return ""


def words_of(code: int, said: bytes | str) -> str:
    """Return what a mail server answered."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {text}"[:ANSWER]


class HttpGateway:
    """An SMS gateway that takes signed JSON by HTTP (see docs/settings.md)."""

    at_once = 1

    def take(self, letters: Sequence[Letter], *, at: datetime) -> str:
        """Hand over one message."""
        (letter,) = letters
        told = {"key": letter.key, "to": letter.to, "text": letter.text}
        body = json.dumps(told | {"purpose": letter.purpose}, ensure_ascii=False).encode()
        stamp = str(int(at.timestamp()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": letter.key,
            "X-Dakehu-Time": stamp,
            "X-Dakehu-Signature": signature(settings.SMS_SECRET, stamp, body),
        }
        # Whoever keeps the installation named the address: it may be of the own network.
        try:
            answer = post(settings.SMS_URL, body, headers, seconds=SECONDS)
        except Unanswered as trouble:
            words = WORDS.get(trouble.trouble, _("The SMS gateway did not answer."))
            raise Undelivered(str(words), is_doubtful=not trouble.is_safe) from trouble
        if answer.status >= 300:
            is_final = 400 <= answer.status < 500 and answer.status not in AGAIN_LATER
            said = f"HTTP {answer.status} {answer.text}"[:ANSWER]
            raise Undelivered(said, is_final=is_final)
        return answer.text


def signature(secret: str, stamp: str, body: bytes) -> str:
    """Return the proof that a message comes from here, and when it was made."""
    return hmac.new(secret.encode(), f"{stamp}\n".encode() + body, sha256).hexdigest()


class FileGateway:
    """Files of messages, one a line, in a folder from which an operator's gateway takes them."""

    at_once = 500

    def take(self, letters: Sequence[Letter], *, at: datetime) -> str:
        """Write one file; it bears its name only when it is whole."""
        name = f"SMS_{at:%Y%m%d%H%M%S}_{letters[0].pk}_{len(letters)}.txt"
        lines = [line_of(each.key, each.to, each.text) for each in letters]
        try:
            with open_filespace(settings.SMS_URL) as folder:
                folder.put(name, ("\n".join(lines) + "\n").encode())
        except FilespaceUnreachable as error:
            words = _("The folder of the SMS gateway cannot be written (%(cause)s).")
            raise Undelivered(words % {"cause": error.cause}) from error
        return name
