"""A program that uses one node's JSON API as one persona (docs/api.md)."""

from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from node.demo.processes import DemoError

TIMEOUT = ClientTimeout(total=30)
ACTIVITY_JSON = "application/activity+json"


class ApiError(DemoError):
    """The node answered with a refusal."""

    def __init__(self, request: str, status: int, body: Any) -> None:
        said = body if isinstance(body, dict) else {}
        self.message = str(said.get("message", body))
        super().__init__(f"{request} was answered {status}: {self.message}")
        self.status = status
        self.code: str = said.get("error", "")


class Api:
    """Requests with a persona's token, or without one as a visitor."""

    def __init__(self, session: ClientSession, origin: str, token: str | None = None) -> None:
        self._session = session
        self.origin = origin
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    async def get(self, path: str) -> Any:
        """What the node answers. ApiError for a refusal, DemoError when it is out of reach."""
        return await self._ask("GET", path, None, self._headers)

    async def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        return await self._ask("POST", path, body, self._headers)

    async def put(self, path: str, body: dict[str, Any]) -> Any:
        return await self._ask("PUT", path, body, self._headers)

    async def patch(self, path: str, body: dict[str, Any]) -> Any:
        return await self._ask("PATCH", path, body, self._headers)

    async def delete(self, path: str) -> Any:
        return await self._ask("DELETE", path, None, self._headers)

    async def document(self, uri: str) -> Any:
        """An ActivityPub document of this node, as any other node reads it."""
        return await self._ask(
            "GET", uri.removeprefix(self.origin), None, {"Accept": ACTIVITY_JSON}
        )

    async def _ask(
        self, method: str, path: str, body: dict[str, Any] | None, headers: dict[str, str]
    ) -> Any:
        request = f"{method} {self.origin}{path}"
        try:
            async with self._session.request(
                method, self.origin + path, json=body, headers=headers, timeout=TIMEOUT
            ) as response:
                if response.status == 204:
                    return None
                answer = await response.json(content_type=None)
        except (ClientError, TimeoutError, ValueError) as error:
            raise DemoError(f"{request} failed: {error or type(error).__name__}") from error
        if response.status >= 400:
            raise ApiError(request, response.status, answer)
        return answer
