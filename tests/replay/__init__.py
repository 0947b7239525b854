"""Every real document of `../shared/wire` through the parser, and what acts through processing."""
