"""Values that stand for several, such as a unit for all units below it (T23)."""

from collections.abc import Mapping

from dakehu.tiering.values import Condition, Either, Every, OneOf, Opposite

Wider = Mapping[str, Mapping[int, tuple[int, ...]]]
"""By what a condition names and by value, which values it stands for."""


def widened(condition: Condition, wider: Wider) -> Condition:
    """Return a condition whose lists name all that their values stand for."""
    match condition:
        case Every(parts):
            return Every(tuple(widened(part, wider) for part in parts))
        case Either(parts):
            return Either(tuple(widened(part, wider) for part in parts))
        case Opposite(part):
            return Opposite(widened(part, wider))
        case OneOf(measure, values) if measure in wider:
            stands = wider[measure]
            listed = [each for value in values for each in stands.get(int(value), (value,))]
            return OneOf(
                measure, tuple(dict.fromkeys(listed)), condition.to_confirm, condition.missing_met
            )
    return condition
