"""Rules of the service desk: states, priorities, working order, numbers, lists, likeness."""
