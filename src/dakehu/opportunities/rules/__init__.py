"""Rules of opportunities: states, elements, whom to propose."""
