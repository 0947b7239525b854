"""The directory of services: what data sets say (HSDS 3.0), edition by edition, and what this node
keeps of its own beside it.

A data set is read in as an edition. Its rows lie there unseen until the set points to it, so that
an import that stops half-way changes nothing. Every record keeps all that its source says as JSON
in `document`; the columns beside it are what is searched. A `listing` is a service for good: it
has a life cycle, and outlives the editions that tell of it.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.metadata import Id, UtcTime, metadata

directory_sets = Table(
    "directory_sets",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("licence", Text, nullable=False),
    Column("attribution", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("url", Text, unique=True),
    Column("edition_id", Id),
    Column("created_at", UtcTime, nullable=False),
    Column("refreshed_at", UtcTime),
    Column("modified_after", Text),
    Column("next_at", UtcTime, index=True),
    Column("trouble", Text),
)

directory_editions = Table(
    "directory_editions",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("set_id", Id, ForeignKey("directory_sets.id"), nullable=False, index=True),
    Column("state", Text, nullable=False, index=True),
    Column("digest", Text, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("report", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
)

listings = Table(
    "listings",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("set_id", Id, ForeignKey("directory_sets.id"), nullable=False),
    Column("own_key", Text, nullable=False),
    Column("public_id", Text, nullable=False, unique=True),
    Column("state", Text, nullable=False),
    Column("since", UtcTime, nullable=False),
    UniqueConstraint("set_id", "own_key"),
)

services = Table(
    "services",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("edition_id", Id, ForeignKey("directory_editions.id"), nullable=False),
    Column("listing_id", Id, ForeignKey("listings.id"), nullable=False),
    Column("organization_id", Text),
    Column("name", Text, nullable=False),
    Column("sort_key", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("is_support", Boolean, nullable=False),
    Column("is_free", Boolean, nullable=False),
    Column("minimum_age", Integer),
    Column("maximum_age", Integer),
    Column("checked_on", Text),
    Column("modified_at", Text),
    Column("document", Text, nullable=False),
    UniqueConstraint("listing_id", "edition_id"),
    Index(None, "edition_id", "sort_key"),
    Index(None, "edition_id", "checked_on"),
    Index(None, "edition_id", "organization_id"),
)

service_words = Table(
    "service_words",
    metadata,
    Column("word", Text, primary_key=True),
    Column("service_id", Id, ForeignKey("services.id"), primary_key=True, autoincrement=False),
    Index(None, "service_id"),
)

service_terms = Table(
    "service_terms",
    metadata,
    Column("term_id", Text, primary_key=True),
    Column("service_id", Id, ForeignKey("services.id"), primary_key=True, autoincrement=False),
    Column("taxonomy_id", Text, nullable=False),
    Index(None, "service_id"),
    Index(None, "taxonomy_id", "service_id"),
)

service_languages = Table(
    "service_languages",
    metadata,
    Column("language", Text, primary_key=True),
    Column("service_id", Id, ForeignKey("services.id"), primary_key=True, autoincrement=False),
    Index(None, "service_id"),
)

service_schedules = Table(
    "service_schedules",
    metadata,
    Column("service_id", Id, ForeignKey("services.id"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("valid_to", Text),
    Column("timezone", Text, nullable=False),
    Column("document", Text, nullable=False),
)

service_places = Table(
    "service_places",
    metadata,
    Column("service_id", Id, ForeignKey("services.id"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("place_id", Text, nullable=False, index=True),
    Column("location_id", Text, index=True),
    Column("document", Text, nullable=False),
)

locations = Table(
    "locations",
    metadata,
    Column("edition_id", Id, ForeignKey("directory_editions.id"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("organization_id", Text),
    Column("is_hidden", Boolean, nullable=False),
    Column("town", Text),
    Column("postcode", Text),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("document", Text, nullable=False),
    Index(None, "town"),
    Index(None, "postcode"),
    Index(None, "latitude", "longitude"),
    Index(None, "edition_id", "organization_id"),
)

organizations = Table(
    "organizations",
    metadata,
    Column("edition_id", Id, ForeignKey("directory_editions.id"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("sort_key", Text, nullable=False),
    Column("document", Text, nullable=False),
    Index(None, "edition_id", "sort_key"),
)

taxonomies = Table(
    "taxonomies",
    metadata,
    Column("edition_id", Id, ForeignKey("directory_editions.id"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("document", Text, nullable=False),
)

taxonomy_terms = Table(
    "taxonomy_terms",
    metadata,
    Column("edition_id", Id, ForeignKey("directory_editions.id"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("taxonomy_id", Text, nullable=False),
    Column("parent_id", Text),
    Column("name", Text, nullable=False),
    Column("document", Text, nullable=False),
    Index(None, "taxonomy_id"),
)

location_overrules = Table(
    "location_overrules",
    metadata,
    Column("set_id", Id, ForeignKey("directory_sets.id"), primary_key=True, autoincrement=False),
    Column("location_id", Text, primary_key=True),
    Column("is_hidden", Boolean, nullable=False),
    Column("created_at", UtcTime, nullable=False),
)

service_guides = Table(
    "service_guides",
    metadata,
    Column("listing_id", Id, ForeignKey("listings.id"), primary_key=True, autoincrement=False),
    Column("when_you_call", Text, nullable=False),
    Column("what_to_say", Text, nullable=False),
    Column("what_to_bring", Text, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
)

service_tips = Table(
    "service_tips",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("listing_id", Id, ForeignKey("listings.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "listing_id", "id"),
)

directory_suggestions = Table(
    "directory_suggestions",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "persona_id", "id"),
)

chosen_services = Table(
    "chosen_services",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("account_id", Id, ForeignKey("accounts.id"), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "account_id", "id"),
)
