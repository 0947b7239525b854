"""The Mastodon client API, which the installed apps of the fediverse speak (docs/clients.md)."""
