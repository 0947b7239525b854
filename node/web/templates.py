"""Jinja environments, one for each language: escaped by default, undefined names are errors.

Every room keeps its templates in its own `templates` folder; "groups/thread.html" is the file
`thread.html` of `node/groups/templates`.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from importlib.resources import as_file, files
from types import CodeType

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    pass_context,
)
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from node.ports import Clock
from node.room_news import room_news
from node.web.assets import Assets
from node.web.faces import actor_path, face_of
from node.web.i18n import Tongue, Tongues

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)


class _Compiled(BytecodeCache):
    """Each template is compiled once in a process: languages share the code, which is most of what
    a template costs in time and memory. Nothing is written to disk."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self._code[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


class Templates:
    """Renders templates in any language of the interface."""

    def __init__(
        self, tongues: Tongues, assets: Assets, now: Clock, names: Mapping[str, str]
    ) -> None:
        loader = _loader()
        self._by_tag = {
            tongue.tag: _environment(loader, tongue, assets, now, names) for tongue in tongues.all()
        }

    def render(self, tongue: Tongue, name: str, context: Mapping[str, object]) -> str:
        return self._by_tag[tongue.tag].get_template(name).render(context)


def _loader() -> BaseLoader:
    rooms: dict[str, BaseLoader] = {}
    for room in files("node").iterdir():
        folder = room.joinpath("templates")
        if folder.is_dir():
            with as_file(folder) as path:
                rooms[room.name] = FileSystemLoader(path)
    return PrefixLoader(rooms)


def _environment(
    loader: BaseLoader, tongue: Tongue, assets: Assets, now: Clock, names: Mapping[str, str]
) -> Environment:
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_COMPILED,
    )
    environment.policies["ext.i18n.trimmed"] = True
    # The extension adds this method by itself; its type is not known to the checker.
    install: Callable[..., None] = environment.install_gettext_translations  # type: ignore[attr-defined]
    install(tongue.translations, newstyle=True)
    _add_filters(environment, tongue, now)
    environment.globals.update(
        **names,
        lang=tongue.tag,
        direction=tongue.direction,
        asset=assets.address,
        room_news=room_news,
    )
    return environment


def _add_filters(environment: Environment, tongue: Tongue, now: Clock) -> None:
    def spoken(say: Callable[..., str]) -> Callable[..., str]:
        """A filter whose answer depends on the language. Given the context, it is never worked out
        while a template is compiled: other languages would get that answer, too."""
        return pass_context(lambda _context, *given: say(*given))

    environment.filters["when"] = spoken(lambda moment: when(tongue, moment, now()))
    environment.filters["day"] = spoken(lambda moment: day(tongue, moment))
    environment.filters["date"] = spoken(tongue.on)
    environment.filters["say"] = spoken(lambda sentence: tongue.say(str(sentence)))
    environment.filters["cleaned"] = cleaned
    environment.filters["face"] = face_of
    environment.filters["path"] = actor_path


def cleaned(content: str) -> Markup:
    """Content as HTML. Only for what was cleaned before it was stored (`Post.content`,
    `Actor.summary`): this filter is the one place where stored HTML enters a page as it is."""
    return Markup(content)  # noqa: S704


def when(tongue: Tongue, moment: datetime, now: datetime) -> Markup:
    """How long ago, and after a week the date; always with the exact time for machines."""
    exact, words = moment.isoformat(timespec="seconds"), escape(_ago(tongue, moment, now))
    return Markup(f'<time datetime="{exact}">{words}</time>')  # noqa: S704


def day(tongue: Tongue, moment: date) -> Markup:
    """The date, of a day or of a moment; for machines the moment exactly."""
    if isinstance(moment, datetime):
        exact, words = moment.isoformat(timespec="seconds"), escape(tongue.on(moment.date()))
    else:
        exact, words = moment.isoformat(), escape(tongue.on(moment))
    return Markup(f'<time datetime="{exact}">{words}</time>')  # noqa: S704


def _ago(tongue: Tongue, moment: datetime, now: datetime) -> str:
    age = now - moment
    ngettext = tongue.translations.ngettext
    if age >= WEEK:
        return tongue.on(moment.date())
    if age >= DAY:
        return ngettext("%(num)d day ago", "%(num)d days ago", age.days) % {"num": age.days}
    if age >= HOUR:
        hours = age // HOUR
        return ngettext("%(num)d hour ago", "%(num)d hours ago", hours) % {"num": hours}
    minutes = int(age.total_seconds() // 60)
    if minutes >= 1:
        return ngettext("%(num)d minute ago", "%(num)d minutes ago", minutes) % {"num": minutes}
    return tongue.translations.gettext("just now")
