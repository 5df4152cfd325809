"""Who may do what about target groups."""

VIEW = "targets.view"
DEFINE = "targets.define"
HAND_OUT = "targets.assign"
HANDLE = "targets.handle"
