"""
How the interface for other systems answers, whatever it is asked (django-ninja).

An app offers addresses in its room ``api``: a router of functions that call one operation each.
:mod:`dakehu.config.api` hangs them under one roof. Every refusal is a :class:`Problem`: a code for
the machine, a sentence for the person who reads its log, and the places that are wrong.
"""

import hashlib
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Annotated, Any, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, Throttled, ValidationError
from ninja.openapi.docs import DocsBase
from pydantic import ConfigDict, StringConstraints

MOST_BYTES = 16_384
MOST_LISTED = 100
"""No request needs more; a larger one is turned away by its stated length."""

NO_NUL = r"^[^\x00]*$"
"""PostgreSQL keeps no NUL in a text."""

Answer = Callable[..., HttpResponse]
Shape = TypeVar("Shape", bound=Schema)


def text(most: int, least: int = 1) -> Any:
    """Return the type of a text without NUL, from ``least`` to ``most`` characters."""
    return Annotated[str, StringConstraints(min_length=least, max_length=most, pattern=NO_NUL)]


def described(words: str) -> ConfigDict:
    """Return the configuration of a shape whose description is translated on the page."""
    return ConfigDict(json_schema_extra={"description": words})


class Place(Schema):
    """One place of a request that is wrong, and why."""

    model_config = described(gettext_noop("One place of a request that is wrong, and why."))

    place: str
    words: str


class Problem(Schema):
    """Why a request was refused: a code that stays, a sentence, and the places that are wrong."""

    model_config = described(
        gettext_noop("Why a request was refused: a code that stays, a sentence, wrong places.")
    )

    code: str
    words: str
    places: list[Place] = []


CODES = {
    400: ("unreadable", gettext_lazy("The body is no JSON.")),
    401: ("no_key", gettext_lazy("The key is missing, wrong, expired or revoked.")),
    403: ("no_right", gettext_lazy("This system was not given the right to do this.")),
    404: ("not_found", gettext_lazy("There is nothing at this address.")),
    412: ("changed_meanwhile", gettext_lazy("It is no more what you saw. Read it again.")),
    413: ("too_large", gettext_lazy("The request is larger than %(most)s bytes.")),
    422: ("invalid", gettext_lazy("The request says something that cannot be. See the places.")),
    429: ("too_often", gettext_lazy("Too many requests. Wait, then send it again.")),
}
"""The refusals that any address may give, by status: code and words."""

REFUSALS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 413, 422, 429), Problem)
"""What every address that takes a body declares beside its own answers."""

READING: dict[Any, Any] = {304: None, **{key: REFUSALS[key] for key in (401, 403, 422, 429)}}
"""What every address that is read declares beside its own answers."""

PLACE_WORDS = {
    "missing": gettext_noop("is missing"),
    "extra_forbidden": gettext_noop("is not known here"),
    "string_too_long": gettext_noop("is longer than %(max_length)s characters"),
    "string_too_short": gettext_noop("is shorter than %(min_length)s characters"),
    "string_type": gettext_noop("has to be a text"),
    "string_unicode": gettext_noop("holds half a character"),
    "string_pattern_mismatch": gettext_noop("holds a character that it may not"),
    "enum": gettext_noop("has to be one of %(expected)s"),
    "timezone_aware": gettext_noop("needs its time zone, as in 2026-03-02T09:30:00+08:00"),
}
INSTANT_WORDS = gettext_noop("has to be an instant, as in 2026-03-02T09:30:00+08:00")


def refusal(status: int, *, places: list[Place] | None = None) -> HttpResponse:
    """Return one of the refusals that any address may give."""
    code, words = CODES[status]
    sentence = str(words) % {"most": MOST_BYTES}
    return problem(status, code, sentence, places=places)


def problem(
    status: int, code: str, words: str, *, places: list[Place] | None = None
) -> HttpResponse:
    """Return a refusal as JSON."""
    found = Problem(code=code, words=words, places=places or [])
    content = found.model_dump_json()
    return HttpResponse(content, status=status, content_type="application/json; charset=utf-8")


def limit_body(view: Answer) -> Answer:
    """Turn away what states a length that no request needs, before a byte of it is read."""

    @wraps(view)
    def limited(request: HttpRequest, *arguments: Any, **options: Any) -> HttpResponse:
        stated = request.META.get("CONTENT_LENGTH") or "0"
        if not stated.isdigit() or int(stated) > MOST_BYTES:
            return refusal(413)
        return view(request, *arguments, **options)

    return limited


def tag_of(answer: Schema) -> str:
    """Return the entity tag of an answer: as long as it is the same, so is the answer."""
    return f'"{hashlib.sha256(answer.model_dump_json().encode()).hexdigest()[:32]}"'


def tagged(answer: Shape, response: HttpResponse) -> Shape:
    """Return an answer whose tag is sent along, for those who ask again or act upon it."""
    response["ETag"] = tag_of(answer)
    return answer


def is_as_seen(request: HttpRequest, answer: Schema) -> bool:
    """Tell whether a client acts upon what it saw; without ``If-Match`` it does not mind."""
    wanted = request.headers.get("If-Match", "").strip()
    tags = {each.strip() for each in wanted.split(",")}
    return not wanted or bool(tags & {"*", tag_of(answer)})


def newest_of(rows: QuerySet[Any], *, before: Any = None) -> tuple[list[Any], bool]:
    """Return the newest rows, or those before one, a hundred at most; and if more are left."""
    older = rows if before is None else rows.filter(pk__lt=before.pk)
    found = list(older.order_by("-pk")[: MOST_LISTED + 1])
    return found[:MOST_LISTED], len(found) > MOST_LISTED


def needs(right: str) -> Callable[[Answer], Answer]:
    """Refuse clients that were not given a right."""

    def guarded(function: Answer) -> Answer:
        @wraps(function)
        def asked(request: Any, *arguments: Any, **options: Any) -> Any:
            if not request.auth.may(right):
                return refusal(403)
            return function(request, *arguments, **options)

        return asked

    return guarded


def answer_refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what the framework itself refuses: no key, no JSON, too often."""
    response = refusal(error.status_code)
    if error.status_code == 401:
        response["WWW-Authenticate"] = "Bearer"
    if isinstance(error, Throttled) and error.wait:
        response["Retry-After"] = str(error.wait)
    return response


def answer_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer a body that breaks the description, place by place."""
    return refusal(422, places=[place_of(each) for each in error.errors])


def place_of(error: dict[str, Any]) -> Place:
    """Return one wrong place in words; what nobody worded comes as the checker says it."""
    kind, context = str(error["type"]), error.get("ctx") or {}
    if kind.startswith("datetime"):
        words = _(INSTANT_WORDS)
    elif kind in PLACE_WORDS:
        words = _(PLACE_WORDS[kind]) % context
    else:
        words = str(error["msg"]).removeprefix("Value error, ")
    # The first two say that it stands in the body, and in which argument of the function.
    place = ".".join(str(step) for step in error["loc"][2:]) or str(error["loc"][0])
    return Place(place=place[:80], words=words)


class Reference(DocsBase):
    """The description as a page of our own: nothing from outside, nothing the policy forbids."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **options: Any) -> HttpResponse:
        schema = api.get_openapi_schema()
        context = {
            "info": schema["info"],
            "addresses": list(addresses_in(schema)),
            "refusals": [(status, *told(*CODES[status])) for status in sorted(CODES)],
            "shapes": list(shapes_in(schema)),
            "openapi_url": self.get_openapi_url(api, options),
        }
        return render(request, "ui/api.html", context)


def told(code: str, words: Any) -> tuple[str, str]:
    """Return a refusal as the page shows it."""
    return code, str(words) % {"most": MOST_BYTES}


def addresses_in(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield what may be asked: method, path, words, and the statuses of its answers."""
    for path, methods in schema["paths"].items():
        for method, each in methods.items():
            yield {
                "method": method.upper(),
                "path": path,
                "summary": worded(each, "summary"),
                "words": worded(each),
                "statuses": sorted(map(int, each["responses"])),
            }


def shapes_in(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield the shapes of bodies and answers: name, words, fields and values."""
    for name, each in schema["components"]["schemas"].items():
        yield {
            "name": name,
            "words": worded(each),
            "fields": [field_of(field, told, each) for field, told in properties_of(each)],
            "values": each.get("enum", ()),
        }


def properties_of(shape: Any) -> Any:
    """Return the fields of a shape with what is told of each."""
    return shape.get("properties", {}).items()


def field_of(name: str, field: Any, shape: Any) -> dict[str, Any]:
    """Return one field of a shape."""
    return {
        "name": name,
        "kind": kind_of(field),
        "words": worded(field),
        "is_required": name in shape.get("required", ()),
    }


def worded(told: Any, part: str = "description") -> str:
    """Return what is told of something in the language of the page."""
    words = told.get(part, "")
    return _(words) if words else ""


def kind_of(field: Any) -> str:
    """Return what a field holds, in the words of the description."""
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2]
    if "anyOf" in field:
        return " | ".join(kind_of(each) for each in field["anyOf"])
    if field.get("type") == "array":
        return f"{kind_of(field['items'])}[]"
    parts = [field.get("format") or field.get("type", "")]
    if "maxLength" in field:
        parts.append(f"≤ {field['maxLength']}")
    return " ".join(parts)
