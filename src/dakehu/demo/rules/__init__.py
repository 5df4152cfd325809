"""Draw a province that does not exist: its people, their days and what its cities send (F5).

Everything is drawn from one seed. The same :class:`~dakehu.demo.rules.plan.ProvincePlan` gives the
same content on every machine: noise comes from rounded tables and whole numbers, never from a
library's floating-point functions. A province of a million subscribers is drawn city by city and
day by day, so that memory holds one city and disk gets the rest.

The front is :func:`dakehu.demo.rules.province.simulate`.
"""
