"""Who may do what with campaigns."""

VIEW = "campaigns.view"
HANDLE = "campaigns.handle"
WRITE = "campaigns.write"
PUBLISH = "campaigns.publish"
EXPORT = "campaigns.export"
