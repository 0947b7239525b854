"""Moderation of the node: roles, reports, suspensions, the audit log, and revealing a link."""
