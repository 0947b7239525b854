"""How peers prove who they are: certificates of the system's authorities, TLS 1.2 or newer."""

import ssl


def peer_tls() -> ssl.SSLContext:
    """A context that verifies the peer's certificate and its host name.

    Authorities are the system's; OpenSSL's `SSL_CERT_FILE` names others.
    """
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    return context
