"""`kith serve --test-mode`: a node on this machine for suites of client programs.

Suites make people by the dozen, call from many places at once and speak plain http. What they need
is opened here and nowhere else: no limits of calls, tries and newcomers; peers on loopback, and
federation with all of them; registration through the API with a token at once; the password grant;
`/queue`, which says whether background work is waiting. It is refused unless the origin can only
mean this machine, so that it cannot be left on by mistake where others come. Certificates of a test
authority are believed when OpenSSL's `SSL_CERT_FILE` names it.
"""

import ssl
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from node.cli.options import SettingError
from node.config import Config
from node.config_values import is_loopback

LOOPBACK: Final = ("127.0.0.0/8", "::1/128")


@dataclass(frozen=True, slots=True)
class Certificate:
    """PEM files of a server: its chain, and its key."""

    chain: Path
    key: Path

    def context(self) -> ssl.SSLContext:
        """TLS as a server. Raises SettingError."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        try:
            context.load_cert_chain(self.chain, self.key)
        except (OSError, ssl.SSLError) as error:
            reason = error.strerror or error.args[-1]
            raise SettingError(
                f"--tls-cert {self.chain} and --tls-key {self.key} cannot be used: {reason}; name "
                "a certificate chain and its key, both PEM"
            ) from error
        return context


def for_suites(config: Config) -> Config:
    """The configuration with everything open that suites need. Raises SettingError."""
    if not is_loopback(urlsplit(config.origin).hostname or ""):
        raise SettingError(
            f"--test-mode opens this node to everybody, and --origin is {config.origin}; it is for "
            "this machine alone: name http://localhost:8420 or https://127.0.0.1:8420"
        )
    return replace(
        config,
        test_mode=True,
        open_signup=True,
        federation="open",
        outside_posts="take",
        allowed_test_networks=(*config.allowed_test_networks, *LOOPBACK),
        newcomer_days=0,
        newcomer_threads_read=0,
        outbound_hold_minutes=0,
        first_posts_held=0,
    )


def certificate(config: Config, chain: Path | None, key: Path | None) -> Certificate | None:
    """What `--tls-cert` and `--tls-key` name; None for plain http. Raises SettingError."""
    if chain is None and key is None:
        if config.test_mode and config.is_https:
            raise SettingError("--origin is https; name --tls-cert and --tls-key as well")
        return None
    if not config.test_mode:
        raise SettingError(
            "--tls-cert and --tls-key go with --test-mode; otherwise put a proxy in front, which "
            "keeps certificates fresh (docs/operating.md)"
        )
    if chain is None or key is None:
        raise SettingError("--tls-cert and --tls-key go together; name both")
    if not config.is_https:
        raise SettingError(f"--origin is {config.origin}; with a certificate it begins with https")
    return Certificate(chain, key)
