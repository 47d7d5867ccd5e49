"""The mappings that come with the tool: how OGP's own tables and templates become reform documents."""
