"""What tests with real clients share. They run by `make test`, one line each (`make interop`)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.interop.suite_node import SuiteNode, certificate_of_loopback, serving


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """PEM files (chain, key) of 127.0.0.1 and localhost."""
    return certificate_of_loopback(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def plain_node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SuiteNode]:
    """A node in test mode over plain http, for one file of tests."""
    with serving(tmp_path_factory.mktemp("plain") / "node") as node:
        yield node


@pytest.fixture(scope="module")
def tls_node(
    tmp_path_factory: pytest.TempPathFactory, certificate: tuple[Path, Path]
) -> Iterator[SuiteNode]:
    """A node in test mode over https, for one file of tests."""
    with serving(tmp_path_factory.mktemp("tls-node") / "node", certificate) as node:
        yield node
