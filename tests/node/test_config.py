"""Where configured values come from, what each setting accepts, and how it refuses."""

from pathlib import Path

import pytest

from node.config import Config, ConfigError
from node.config_federation import OPEN_SENTENCE
from node.config_sources import load_config


def refusal(
    path: Path | None = None,
    environ: dict[str, str] | None = None,
    overrides: dict[str, object] | None = None,
) -> str:
    """The one line that loading this configuration ends with."""
    with pytest.raises(ConfigError) as caught:
        load_config(path, environ or {}, overrides or {})
    message = str(caught.value)
    assert "\n" not in message
    return message


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "kith.toml"
    path.write_text(text, "utf-8")
    return path


def test_nothing_given_means_a_trial_on_this_machine() -> None:
    config = load_config(None, {"HOME": "/root", "KITH_TEST_REQUIRE": "chromium"}, {})
    assert config == Config()
    assert config.origin == "http://localhost:8420"
    assert config.authority == "localhost:8420"
    assert config.database_url == "sqlite:///data/kith.sqlite3"
    assert config.listen_address == ("127.0.0.1", 8420)
    assert config.listen_socket is None
    assert not config.is_https


def test_every_setting_can_come_from_the_file(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """
        origin = "https://Kith.Example:8443"
        listen = "unix:/run/kith/kith.sock"
        data = "/var/lib/kith"
        database = "postgresql://kith:secret@db.example/kith"
        node_name = "Riverside Support"
        open_signup = false
        federation = "allow-list"
        trusted_proxies = ["127.0.0.1", "10.1.0.0/16"]
        allowed_test_networks = ["::1/128"]
        most_personas = 5
        one_offs_a_day = 0
        grace_days = 30
        receipt_days = 60
        copy_days = 3
        leave_spread_hours = 0
        run_workers = false
        log_level = "warning"
        """,
    )
    config = load_config(path, {}, {})
    assert config == Config(
        origin="https://kith.example:8443",
        listen="unix:/run/kith/kith.sock",
        data=Path("/var/lib/kith"),
        database="postgresql://kith:secret@db.example/kith",
        node_name="Riverside Support",
        open_signup=False,
        federation="allow-list",
        trusted_proxies=("127.0.0.1/32", "10.1.0.0/16"),
        allowed_test_networks=("::1/128",),
        most_personas=5,
        one_offs_a_day=0,
        grace_days=30,
        receipt_days=60,
        copy_days=3,
        leave_spread_hours=0,
        run_workers=False,
        log_level="warning",
    )
    assert config.authority == "kith.example:8443"
    assert config.is_https
    assert config.database_url == "postgresql+psycopg://kith:secret@db.example/kith"
    assert config.listen_socket == Path("/run/kith/kith.sock")
    assert config.listen_address is None
    assert "secret" not in repr(config)


def test_command_line_beats_environment_beats_file(tmp_path: Path) -> None:
    path = write(tmp_path, 'origin = "https://file.example"\nnode_name = "File"\ndata = "file"\n')
    environ = {"KITH_ORIGIN": "https://environment.example", "KITH_NODE_NAME": "Environment"}
    overrides: dict[str, object] = {"origin": "https://option.example", "data": None}
    config = load_config(path, environ, overrides)
    assert config.origin == "https://option.example"
    assert config.node_name == "Environment"
    assert config.data == Path("file")


def test_the_environment_speaks_in_text() -> None:
    environ = {
        "KITH_OPEN_SIGNUP": "No",
        "KITH_RUN_WORKERS": "1",
        "KITH_TRUSTED_PROXIES": "10.0.0.0/8, fd00::/8",
        "KITH_DATABASE": "",
        "KITH_DATA": "/srv/kith",
    }
    config = load_config(None, environ, {})
    assert not config.open_signup
    assert config.run_workers
    assert config.trusted_proxies == ("10.0.0.0/8", "fd00::/8")
    assert config.database_url == "sqlite:////srv/kith/kith.sqlite3"


def test_a_variable_can_name_the_file(tmp_path: Path) -> None:
    named = write(tmp_path, 'node_name = "Named"\n')
    assert load_config(None, {"KITH_CONFIG": str(named)}, {}).node_name == "Named"
    assert "KITH_CONFIG" in refusal(environ={"KITH_CONFIG": str(tmp_path / "absent.toml")})


@pytest.mark.parametrize(
    ("setting", "good", "wrong", "advice"),
    [
        ("origin", "https://kith.example", "kith.example", "https://kith.example"),
        ("origin", "https://kith.example", "https://kith.example/", "write https://kith.example"),
        ("origin", "https://kith.example", "https://kith.example/kith", "scheme, host and port"),
        ("origin", "https://kith.example", "https://kith.example:443", "write https://kith.exam"),
        ("origin", "https://kith.example", "https://me:pw@kith.example", "scheme, host and port"),
        ("origin", "https://kith.example", "https://kith.example?a=b", "scheme, host and port"),
        ("origin", "https://kith.example", "https://kith_example", "no host name"),
        ("origin", "https://xn--bcher-kva.example", "https://bücher.example", "xn--"),
        ("origin", "https://kith.example:8443", "https://kith.example:99999", "such as"),
        ("origin", "http://[::1]:8420", "ftp://kith.example", "https://kith.example"),
        ("origin", "http://127.0.0.2:8420", "http://192.168.1.5:8420", "https://192.168.1.5:8420"),
        ("origin", "http://alpha.localhost:8421", "http://kith.example", "https://kith.example"),
        ("listen", "[::1]:8420", "::1:8420", "host:port"),
        ("listen", "0.0.0.0:0", "8420", "host:port"),
        ("listen", "localhost:80", "localhost", "host:port"),
        ("listen", "localhost:80", "http://localhost:80", "host:port"),
        ("listen", "localhost:80", "[localhost]:80", "host:port"),
        ("listen", "localhost:80", "localhost:80000", "host:port"),
        ("listen", "unix:/run/kith.sock", "unix:kith.sock", "absolute path"),
        ("data", "/var/lib/kith", "what?", "directory"),
        ("database", "postgresql:///kith", "mysql://kith:hunter2@db/kith", "postgresql://"),
        ("database", "postgresql:///kith", "postgres://kith:hunter2@db/kith", "postgresql://"),
        ("database", "postgresql:///kith", "postgresql://db:99999/kith?hunter2", "postgresql://"),
        ("node_name", "Riverside", " ", "one line of text"),
        ("node_name", "Riverside", "River\nside", "one line of text"),
        ("open_signup", "off", "perhaps", "true or false"),
        ("federation", "off", "closed", "open, allow-list, off"),
        ("federation", "allow-list", "open", OPEN_SENTENCE),
        ("most_personas", "12", "0", "whole number from 1 to 100"),
        ("most_personas", "12", "many", "whole number from 1 to 100"),
        ("trusted_proxies", "10.0.0.0/8", "10.0.0.0/99", "10.0.0.0/8"),
        ("trusted_proxies", "10.0.0.0/8", "10.0.0.7/8", "write 10.0.0.0/8"),
        ("allowed_test_networks", "127.0.0.0/8", "everything", "10.0.0.0/8"),
        ("run_workers", "yes", "2", "true or false"),
        ("log_level", "debug", "loud", "debug, info, warning, error"),
    ],
)
def test_each_setting_accepts_and_refuses(
    tmp_path: Path, setting: str, good: str, wrong: str, advice: str
) -> None:
    variable = "KITH_" + setting.upper()
    flag = "--" + setting.replace("_", "-")
    load_config(None, {variable: good}, {})
    load_config(None, {}, {setting: good})
    file = write(tmp_path, f"{setting} = {wrong!r}".replace("'", '"'))
    for name, message in (
        (variable, refusal(environ={variable: wrong})),
        (flag, refusal(overrides={setting: wrong})),
        (f"`{setting}` in {file}", refusal(path=file)),
    ):
        assert message.startswith(f"{name} ")
        assert advice in message
        assert "hunter2" not in message


@pytest.mark.parametrize(
    "line",
    [
        "origin = 5",
        "listen = 8420",
        "data = true",
        "database = []",
        "node_name = 1.5",
        'open_signup = "maybe"',
        "federation = false",
        "open_federation = true",
        "trusted_proxies = 10",
        "allowed_test_networks = [10]",
        "run_workers = 1",
        "log_level = 3",
    ],
)
def test_values_of_another_type_are_refused(tmp_path: Path, line: str) -> None:
    setting = line.split()[0]
    assert refusal(path=write(tmp_path, line)).startswith(f"`{setting}` in ")


def test_plain_http_is_allowed_to_tests_that_say_so() -> None:
    environ = {"KITH_ORIGIN": "http://10.0.0.2:8420"}
    assert refusal(environ=environ).startswith("KITH_ORIGIN is http://10.0.0.2:8420, which is not")
    config = load_config(None, environ | {"KITH_ALLOWED_TEST_NETWORKS": "10.0.0.0/24"}, {})
    assert config.origin == "http://10.0.0.2:8420"


def test_invariant_19_a_node_speaks_with_those_it_allowed_unless_told_otherwise() -> None:
    assert load_config(None, {}, {}).federation == "allow-list"


@pytest.mark.parametrize("typed", ["", "yes", "true", OPEN_SENTENCE[:-1], OPEN_SENTENCE.upper()])
def test_invariant_19_no_node_is_open_without_the_sentence(tmp_path: Path, typed: str) -> None:
    environ = {"KITH_FEDERATION": "open", "KITH_OPEN_FEDERATION": typed}
    message = refusal(environ=environ)
    assert message.startswith("KITH_FEDERATION is open: then every server ")
    assert f'set `open_federation` to this sentence, typed out: "{OPEN_SENTENCE}"' in message
    path = write(tmp_path, f'federation = "open"\nopen_federation = "{typed}"')
    assert refusal(path=path).startswith(f"`federation` in {path} is open")


def test_invariant_19_with_the_sentence_a_node_may_be_open(tmp_path: Path) -> None:
    spaced = OPEN_SENTENCE.replace(" ", "  ")
    for typed in (OPEN_SENTENCE, spaced):
        path = write(tmp_path, f'federation = "open"\nopen_federation = "{typed}"')
        assert load_config(path, {}, {}).federation == "open"
    alone = load_config(None, {"KITH_OPEN_FEDERATION": OPEN_SENTENCE}, {})
    assert alone.federation == "allow-list", "the sentence alone opens nothing"


def test_unknown_names_are_refused_with_the_nearest_known_one(tmp_path: Path) -> None:
    message = refusal(path=write(tmp_path, 'orgin = "https://kith.example"'))
    assert "`orgin`" in message
    assert "did you mean `origin`?" in message
    message = refusal(environ={"KITH_TRUSTED_PROXY": "10.0.0.0/8"})
    assert "`KITH_TRUSTED_PROXY` in the environment" in message
    assert "`KITH_TRUSTED_PROXIES`" in message
    assert "known are" in refusal(path=write(tmp_path, "[zzz]\nx = 1"))
    assert "`run_workers`" in refusal(overrides={"run_worker": True})


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    absent = tmp_path / "absent.toml"
    assert str(absent) in refusal(path=absent)
    assert str(tmp_path) in refusal(path=tmp_path)
    assert "not valid TOML" in refusal(path=write(tmp_path, "origin = \n"))
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    assert "not valid TOML" in refusal(path=binary)
