"""Where the pages of accounts find their use cases in the application."""

from node.accounts.entrance import Entrance
from node.accounts.service import Accounts
from node.accounts.sessions import Sessions
from node.web.keys import AppKey

ACCOUNTS = AppKey("accounts", Accounts)
ENTRANCE = AppKey("entrance", Entrance)
SESSIONS = AppKey("sessions", Sessions)
