"""What the catalogue refuses to do, in words."""


class CatalogueRefusal(Exception):
    """Something about the catalogue is refused; the text says why and what to do."""


class UnableToChangeStandard(CatalogueRefusal):
    """A version of a service's standards cannot be changed, proposed or published like that."""
