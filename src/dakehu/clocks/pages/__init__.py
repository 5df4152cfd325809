"""Pages of the clocks app: working calendars, and a promise explained."""
