"""Taking the matrix that comes with Dakehu into the records."""

from datetime import date

from django.db import transaction

from dakehu.channels.models import Matrix, MatrixVersion
from dakehu.channels.rules.bodies import body_to_data, digest_of
from dakehu.channels.values import Body
from dakehu.tiering.choices import RuleState

FOREVER = date(2000, 1, 1)
"""From when the shipped matrix holds."""
CODE = "channels"


@transaction.atomic
def take_matrix(*, body: Body, on: date) -> bool:
    """Add the matrix with its first version, which nobody published, unless there is one."""
    matrix, is_new = Matrix.objects.get_or_create(code=CODE)
    if is_new:
        data = body_to_data(body)
        MatrixVersion.objects.create(
            matrix=matrix,
            number=1,
            state=RuleState.PUBLISHED,
            body=data,
            digest=digest_of(data),
            active_from=FOREVER,
            created_on=on,
            published_on=on,
        )
    return is_new
