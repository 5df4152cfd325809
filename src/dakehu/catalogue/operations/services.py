"""The operator's own services: added beside those that come with Dakehu (T21)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record
from dakehu.catalogue.errors import UnableToChangeStandard
from dakehu.catalogue.models import Service, ServiceVersion
from dakehu.catalogue.operations.packs import STEP
from dakehu.catalogue.policies import RULES
from dakehu.catalogue.rules.bodies import body_to_data, digest_of
from dakehu.catalogue.values import Body
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def add_service(*, service: Service, body: Body, by: "Staff", at: datetime) -> ServiceVersion:
    """
    Add a service with a first draft; it promises nothing until a second person publishes it.

    :raises PermissionDenied: if ``by`` may not change the catalogue.
    :raises UnableToChangeStandard: if there is a service of this code.
    """
    require(by, RULES)
    last = Service.objects.aggregate(last=Max("position"))["last"] or 0
    service.position = last + STEP
    try:
        with transaction.atomic():
            create_record(service, by=by, at=at)
    except IntegrityError as clash:
        words = _("There is a service %(code)s already. Choose another code.")
        raise UnableToChangeStandard(words % {"code": service.code}) from clash
    data = body_to_data(body)
    draft = ServiceVersion(
        service=service,
        number=1,
        body=data,
        digest=digest_of(data),
        created_by=by,
        created_on=localdate(at),
    )
    return create_record(draft, by=by, at=at)
