"""Rules of the catalogue: bodies as data, what follows from standings, packs."""
