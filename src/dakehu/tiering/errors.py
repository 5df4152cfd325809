"""What tiering refuses to do, in words."""


class TieringRefusal(Exception):
    """Something about levels is refused; the text says why and what to do."""


class UnableToEvaluate(TieringRefusal):
    """A scheme cannot be evaluated as of that day."""


class UnableToChangeRules(TieringRefusal):
    """A version of the rules cannot be changed, proposed or published like that."""


class UnableToMatchLevels(TieringRefusal):
    """Levels of two schemes cannot be matched like that."""


class UnableToDefineMeasure(TieringRefusal):
    """A measure cannot be defined like that."""


class UnableToGrant(TieringRefusal):
    """A level cannot be given by hand like that."""


class UnableToAssess(TieringRefusal):
    """An assessment cannot be recorded like that."""


class UnableToSimulate(TieringRefusal):
    """Rules cannot be tried out like that."""


class UnableToFollow(TieringRefusal):
    """A cohort cannot be frozen or followed like that."""
