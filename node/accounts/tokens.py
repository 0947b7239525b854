"""Bearer tokens: what a program holds to act as one persona. Only their SHA-256 is kept."""

from dataclasses import dataclass

from node.accounts.holder import may_have_tokens
from node.accounts.secret import digest, new_secret
from node.errors import Invalid, NotFound
from node.i18n import N_
from node.ports import Clock, NewId
from node.scopes import KNOWN
from storage.tokens import AccessToken
from storage.unit_of_work import UnitOfWork

SCOPES = ("read", "write")
LABEL_MOST = 100


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A new token; the secret is shown once and cannot be had again."""

    secret: str
    token: AccessToken


class Tokens:
    """Use cases of access tokens."""

    def __init__(self, now: Clock, new_id: NewId) -> None:
        self._now = now
        self._new_id = new_id

    def issue(
        self,
        uow: UnitOfWork,
        handle: str,
        label: str,
        scopes: tuple[str, ...] = SCOPES,
        secret: str | None = None,
    ) -> IssuedToken:
        """A token for the local persona with this handle, if it lasts; `secret` is the token where
        it is given. Raises NotFound and Invalid."""
        persona = uow.actors.local_by_handle(handle.strip().lower())
        if persona is None or not may_have_tokens(uow.personas.get(persona.id)):
            raise NotFound(N_("There is no persona with this handle on this node."))
        if len(label) > LABEL_MOST:
            raise Invalid("label", N_("The label fits 100 characters."))
        if not scopes or not set(scopes) <= KNOWN:
            known = ", ".join(sorted(KNOWN))
            raise Invalid("scopes", f"Known scopes are: {known}.")
        secret = secret or new_secret()
        token = AccessToken(
            id=self._new_id(),
            token_hash=digest(secret),
            persona_id=persona.id,
            scopes=" ".join(scopes),
            label=label,
            created_at=self._now(),
            revoked_at=None,
        )
        uow.tokens.add(token)
        return IssuedToken(secret, token)

    def revoke(self, uow: UnitOfWork, token_id: int) -> None:
        """The token opens nothing any more."""
        uow.tokens.revoke(token_id, self._now())
