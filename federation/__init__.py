"""The conversation with other nodes. Has never heard of a support group."""
