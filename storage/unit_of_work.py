"""The repositories on one open transaction: what a use case is handed."""

from functools import cached_property

from sqlalchemy import Connection

from storage.accounts import AccountRepository
from storage.activities import ActivityRepository
from storage.actors import ActorRepository
from storage.app_grants import AppGrantRepository
from storage.applications import ApplicationRepository
from storage.attached import AttachedRepositories
from storage.audit import AuditRepository
from storage.blocks import BlockRepository
from storage.client_acts import ClientActRepository
from storage.client_apps import ClientAppRepository
from storage.client_collections import ClientCollectionRepository
from storage.client_reading import ClientReading
from storage.consents import ConsentRepository
from storage.conversations import ConversationRepository
from storage.deletions import DeletionRepository
from storage.deliveries import DeliveryRepository
from storage.erasure import ErasureRepository
from storage.exports import ExportRepository
from storage.graves import GraveRepository
from storage.group_bans import GroupBanRepository
from storage.groups import GroupRepository
from storage.hearing import Hearing
from storage.invitations import InvitationRepository
from storage.jobs import JobRepository
from storage.keyring import Keyring
from storage.keys import KeyRepository
from storage.leaving_talks import LeavingTalks
from storage.members import MemberRepository
from storage.memberships import MembershipRepository
from storage.message_choices import MessageChoiceRepository
from storage.message_requests import MessageRequestRepository
from storage.messages import MessageRepository
from storage.moderation import ModerationRepository
from storage.newcomers import NewcomerRepository
from storage.notifications import NotificationRepository
from storage.own import OwnRepository
from storage.peers import PeerRepository
from storage.personas import PersonaRepository
from storage.posts import PostRepository
from storage.posts_of_groups import PostsOfGroups
from storage.profile_posts import ProfilePosts
from storage.profiles import ProfileRepository
from storage.quorum import QuorumRepository
from storage.reactions import ReactionRepository
from storage.reading_choices import ReadingChoices
from storage.receipts import ReceiptRepository
from storage.reports import ReportRepository
from storage.reveals import RevealRepository
from storage.seals import Seals
from storage.sessions import SessionRepository
from storage.settings import SettingRepository
from storage.shares import ShareRepository
from storage.statements import StatementRepository
from storage.support import SupportRepositories
from storage.tokens import TokenRepository
from storage.withdrawals import WithdrawalRepository
from storage.writing_choices import WritingChoices


class UnitOfWork(
    AttachedRepositories,
    ReadingChoices,
    WritingChoices,
    Hearing,
    SupportRepositories,
):
    """Reads and writes within the transaction that is open on its connection. It never commits.

    Each repository is made when it is first asked for and serves all transactions that follow.
    """

    def __init__(self, connection: Connection, keyring: Keyring | None = None) -> None:
        self.connection = connection
        self._keyring = keyring
        self.topics: set[str] = set()

    def wake(self, topic: str) -> None:
        """Wakes those who wait for `topic`, once this transaction is committed."""
        self.topics.add(topic)

    def begin(self) -> None:
        """A new transaction: nothing of an older one is left."""
        self.topics.clear()
        self.events.forget()

    def settle(self) -> None:
        """Writes what repositories noted for streams and devices: the last act of a transaction."""
        self.topics |= self.events.write()

    @cached_property
    def seals(self) -> Seals:
        return Seals(self.connection, self._keyring)

    @cached_property
    def accounts(self) -> AccountRepository:
        return AccountRepository(self.connection)

    @cached_property
    def consents(self) -> ConsentRepository:
        return ConsentRepository(self.connection)

    @cached_property
    def personas(self) -> PersonaRepository:
        return PersonaRepository(self.connection)

    @cached_property
    def deletions(self) -> DeletionRepository:
        return DeletionRepository(self.connection)

    @cached_property
    def exports(self) -> ExportRepository:
        return ExportRepository(self.connection, self.seals)

    @cached_property
    def own(self) -> OwnRepository:
        return OwnRepository(self.connection)

    @cached_property
    def leaving_talks(self) -> LeavingTalks:
        return LeavingTalks(self.connection)

    @cached_property
    def erasure(self) -> ErasureRepository:
        return ErasureRepository(self.connection)

    @cached_property
    def sessions(self) -> SessionRepository:
        return SessionRepository(self.connection)

    @cached_property
    def tokens(self) -> TokenRepository:
        return TokenRepository(self.connection)

    @cached_property
    def client_apps(self) -> ClientAppRepository:
        return ClientAppRepository(self.connection)

    @cached_property
    def app_grants(self) -> AppGrantRepository:
        return AppGrantRepository(self.connection)

    @cached_property
    def actors(self) -> ActorRepository:
        return ActorRepository(self.connection)

    @cached_property
    def keys(self) -> KeyRepository:
        return KeyRepository(self.connection)

    @cached_property
    def graves(self) -> GraveRepository:
        return GraveRepository(self.connection)

    @cached_property
    def groups(self) -> GroupRepository:
        return GroupRepository(self.connection)

    @cached_property
    def memberships(self) -> MembershipRepository:
        return MembershipRepository(self.connection)

    @cached_property
    def members(self) -> MemberRepository:
        return MemberRepository(self.connection)

    @cached_property
    def invitations(self) -> InvitationRepository:
        return InvitationRepository(self.connection, self.seals)

    @cached_property
    def applications(self) -> ApplicationRepository:
        return ApplicationRepository(self.connection, self.seals)

    @cached_property
    def group_bans(self) -> GroupBanRepository:
        return GroupBanRepository(self.connection)

    @cached_property
    def withdrawals(self) -> WithdrawalRepository:
        return WithdrawalRepository(self.connection)

    @cached_property
    def posts_of_groups(self) -> PostsOfGroups:
        return PostsOfGroups(self.connection)

    @cached_property
    def posts(self) -> PostRepository:
        return PostRepository(self.connection, self.seals)

    @cached_property
    def profiles(self) -> ProfileRepository:
        return ProfileRepository(self.connection)

    @cached_property
    def profile_posts(self) -> ProfilePosts:
        return ProfilePosts(self.connection, self.seals)

    @cached_property
    def shares(self) -> ShareRepository:
        return ShareRepository(self.connection)

    @cached_property
    def reactions(self) -> ReactionRepository:
        return ReactionRepository(self.connection)

    @cached_property
    def moderation(self) -> ModerationRepository:
        return ModerationRepository(self.connection, self.seals)

    @cached_property
    def quorum(self) -> QuorumRepository:
        return QuorumRepository(self.connection)

    @cached_property
    def blocks(self) -> BlockRepository:
        return BlockRepository(self.connection)

    @cached_property
    def audit(self) -> AuditRepository:
        return AuditRepository(self.connection, self.seals)

    @cached_property
    def reports(self) -> ReportRepository:
        return ReportRepository(self.connection, self.seals)

    @cached_property
    def statements(self) -> StatementRepository:
        return StatementRepository(self.connection, self.seals)

    @cached_property
    def reveals(self) -> RevealRepository:
        return RevealRepository(self.connection, self.seals)

    @cached_property
    def notifications(self) -> NotificationRepository:
        return NotificationRepository(self.connection)

    @cached_property
    def newcomers(self) -> NewcomerRepository:
        return NewcomerRepository(self.connection)

    @cached_property
    def receipts(self) -> ReceiptRepository:
        return ReceiptRepository(self.connection)

    @cached_property
    def activities(self) -> ActivityRepository:
        return ActivityRepository(self.connection)

    @cached_property
    def deliveries(self) -> DeliveryRepository:
        return DeliveryRepository(self.connection)

    @cached_property
    def peers(self) -> PeerRepository:
        return PeerRepository(self.connection)

    @cached_property
    def jobs(self) -> JobRepository:
        return JobRepository(self.connection)

    @cached_property
    def settings(self) -> SettingRepository:
        return SettingRepository(self.connection)

    @cached_property
    def conversations(self) -> ConversationRepository:
        return ConversationRepository(self.connection, self.seals)

    @cached_property
    def messages(self) -> MessageRepository:
        return MessageRepository(self.connection, self.seals)

    @cached_property
    def message_requests(self) -> MessageRequestRepository:
        return MessageRequestRepository(self.connection, self.seals)

    @cached_property
    def message_choices(self) -> MessageChoiceRepository:
        return MessageChoiceRepository(self.connection, self.seals)

    @cached_property
    def client_acts(self) -> ClientActRepository:
        return ClientActRepository(self.connection)

    @cached_property
    def client_collections(self) -> ClientCollectionRepository:
        return ClientCollectionRepository(self.connection, self.seals)

    @cached_property
    def client_reading(self) -> ClientReading:
        return ClientReading(self.connection)
