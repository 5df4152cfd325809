"""Who may do what with surveys."""

VIEW = "surveys.view"
HANDLE = "surveys.handle"
WRITE = "surveys.write"
PUBLISH = "surveys.publish"
EXPORT = "surveys.export"
