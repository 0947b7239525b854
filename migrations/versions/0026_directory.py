"""The directory of services: data sets and their editions, what is searched in them, and what this
node keeps beside them.
"""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "directory_sets",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("attribution", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("edition_id", Id, nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("refreshed_at", UtcTime(), nullable=True),
        sa.Column("modified_after", sa.Text(), nullable=True),
        sa.Column("next_at", UtcTime(), nullable=True),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_sets")),
        sa.UniqueConstraint("url", name=op.f("uq_directory_sets_url")),
    )
    op.create_index(op.f("ix_directory_sets_next_at"), "directory_sets", ["next_at"], unique=False)
    op.create_table(
        "chosen_services",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_chosen_services_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chosen_services")),
    )
    op.create_index(
        op.f("ix_chosen_services_account_id_id"),
        "chosen_services",
        ["account_id", "id"],
        unique=False,
    )
    op.create_table(
        "directory_editions",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("set_id", Id, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_id"], ["directory_sets.id"], name=op.f("fk_directory_editions_set_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_editions")),
    )
    op.create_index(
        op.f("ix_directory_editions_set_id"), "directory_editions", ["set_id"], unique=False
    )
    op.create_index(
        op.f("ix_directory_editions_state"), "directory_editions", ["state"], unique=False
    )
    op.create_table(
        "directory_suggestions",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_directory_suggestions_persona_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_suggestions")),
    )
    op.create_index(
        op.f("ix_directory_suggestions_persona_id_id"),
        "directory_suggestions",
        ["persona_id", "id"],
        unique=False,
    )
    op.create_table(
        "listings",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("set_id", Id, nullable=False),
        sa.Column("own_key", sa.Text(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["set_id"], ["directory_sets.id"], name=op.f("fk_listings_set_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listings")),
        sa.UniqueConstraint("public_id", name=op.f("uq_listings_public_id")),
        sa.UniqueConstraint("set_id", "own_key", name=op.f("uq_listings_set_id_own_key")),
    )
    op.create_table(
        "location_overrules",
        sa.Column("set_id", Id, autoincrement=False, nullable=False),
        sa.Column("location_id", sa.Text(), nullable=False),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_id"], ["directory_sets.id"], name=op.f("fk_location_overrules_set_id")
        ),
        sa.PrimaryKeyConstraint("set_id", "location_id", name=op.f("pk_location_overrules")),
    )
    op.create_table(
        "locations",
        sa.Column("edition_id", Id, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=True),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.Column("town", sa.Text(), nullable=True),
        sa.Column("postcode", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["directory_editions.id"], name=op.f("fk_locations_edition_id")
        ),
        sa.PrimaryKeyConstraint("edition_id", "id", name=op.f("pk_locations")),
    )
    op.create_index(
        op.f("ix_locations_edition_id_organization_id"),
        "locations",
        ["edition_id", "organization_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_locations_latitude_longitude"),
        "locations",
        ["latitude", "longitude"],
        unique=False,
    )
    op.create_index(op.f("ix_locations_postcode"), "locations", ["postcode"], unique=False)
    op.create_index(op.f("ix_locations_town"), "locations", ["town"], unique=False)
    op.create_table(
        "organizations",
        sa.Column("edition_id", Id, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["directory_editions.id"], name=op.f("fk_organizations_edition_id")
        ),
        sa.PrimaryKeyConstraint("edition_id", "id", name=op.f("pk_organizations")),
    )
    op.create_index(
        op.f("ix_organizations_edition_id_sort_key"),
        "organizations",
        ["edition_id", "sort_key"],
        unique=False,
    )
    op.create_table(
        "service_guides",
        sa.Column("listing_id", Id, autoincrement=False, nullable=False),
        sa.Column("when_you_call", sa.Text(), nullable=False),
        sa.Column("what_to_say", sa.Text(), nullable=False),
        sa.Column("what_to_bring", sa.Text(), nullable=False),
        sa.Column("updated_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listings.id"], name=op.f("fk_service_guides_listing_id")
        ),
        sa.PrimaryKeyConstraint("listing_id", name=op.f("pk_service_guides")),
    )
    op.create_table(
        "service_tips",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("listing_id", Id, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listings.id"], name=op.f("fk_service_tips_listing_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_tips")),
    )
    op.create_index(
        op.f("ix_service_tips_listing_id_id"), "service_tips", ["listing_id", "id"], unique=False
    )
    op.create_table(
        "services",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("edition_id", Id, nullable=False),
        sa.Column("listing_id", Id, nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("is_support", sa.Boolean(), nullable=False),
        sa.Column("is_free", sa.Boolean(), nullable=False),
        sa.Column("minimum_age", sa.Integer(), nullable=True),
        sa.Column("maximum_age", sa.Integer(), nullable=True),
        sa.Column("checked_on", sa.Text(), nullable=True),
        sa.Column("modified_at", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["directory_editions.id"], name=op.f("fk_services_edition_id")
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listings.id"], name=op.f("fk_services_listing_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_services")),
        sa.UniqueConstraint(
            "listing_id", "edition_id", name=op.f("uq_services_listing_id_edition_id")
        ),
    )
    op.create_index(
        op.f("ix_services_edition_id_checked_on"),
        "services",
        ["edition_id", "checked_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_services_edition_id_organization_id"),
        "services",
        ["edition_id", "organization_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_services_edition_id_sort_key"),
        "services",
        ["edition_id", "sort_key"],
        unique=False,
    )
    op.create_table(
        "taxonomies",
        sa.Column("edition_id", Id, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["directory_editions.id"], name=op.f("fk_taxonomies_edition_id")
        ),
        sa.PrimaryKeyConstraint("edition_id", "id", name=op.f("pk_taxonomies")),
    )
    op.create_table(
        "taxonomy_terms",
        sa.Column("edition_id", Id, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("taxonomy_id", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["directory_editions.id"], name=op.f("fk_taxonomy_terms_edition_id")
        ),
        sa.PrimaryKeyConstraint("edition_id", "id", name=op.f("pk_taxonomy_terms")),
    )
    op.create_index(
        op.f("ix_taxonomy_terms_taxonomy_id"), "taxonomy_terms", ["taxonomy_id"], unique=False
    )
    op.create_table(
        "service_languages",
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("service_id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_service_languages_service_id")
        ),
        sa.PrimaryKeyConstraint("language", "service_id", name=op.f("pk_service_languages")),
    )
    op.create_index(
        op.f("ix_service_languages_service_id"), "service_languages", ["service_id"], unique=False
    )
    op.create_table(
        "service_places",
        sa.Column("service_id", Id, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place_id", sa.Text(), nullable=False),
        sa.Column("location_id", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_service_places_service_id")
        ),
        sa.PrimaryKeyConstraint("service_id", "position", name=op.f("pk_service_places")),
    )
    op.create_index(
        op.f("ix_service_places_location_id"), "service_places", ["location_id"], unique=False
    )
    op.create_index(
        op.f("ix_service_places_place_id"), "service_places", ["place_id"], unique=False
    )
    op.create_table(
        "service_schedules",
        sa.Column("service_id", Id, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_service_schedules_service_id")
        ),
        sa.PrimaryKeyConstraint("service_id", "position", name=op.f("pk_service_schedules")),
    )
    op.create_table(
        "service_terms",
        sa.Column("term_id", sa.Text(), nullable=False),
        sa.Column("service_id", Id, autoincrement=False, nullable=False),
        sa.Column("taxonomy_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_service_terms_service_id")
        ),
        sa.PrimaryKeyConstraint("term_id", "service_id", name=op.f("pk_service_terms")),
    )
    op.create_index(
        op.f("ix_service_terms_service_id"), "service_terms", ["service_id"], unique=False
    )
    op.create_index(
        op.f("ix_service_terms_taxonomy_id_service_id"),
        "service_terms",
        ["taxonomy_id", "service_id"],
        unique=False,
    )
    op.create_table(
        "service_words",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("service_id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_service_words_service_id")
        ),
        sa.PrimaryKeyConstraint("word", "service_id", name=op.f("pk_service_words")),
    )
    op.create_index(
        op.f("ix_service_words_service_id"), "service_words", ["service_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_service_words_service_id"), table_name="service_words")
    op.drop_table("service_words")
    op.drop_index(op.f("ix_service_terms_taxonomy_id_service_id"), table_name="service_terms")
    op.drop_index(op.f("ix_service_terms_service_id"), table_name="service_terms")
    op.drop_table("service_terms")
    op.drop_table("service_schedules")
    op.drop_index(op.f("ix_service_places_place_id"), table_name="service_places")
    op.drop_index(op.f("ix_service_places_location_id"), table_name="service_places")
    op.drop_table("service_places")
    op.drop_index(op.f("ix_service_languages_service_id"), table_name="service_languages")
    op.drop_table("service_languages")
    op.drop_index(op.f("ix_taxonomy_terms_taxonomy_id"), table_name="taxonomy_terms")
    op.drop_table("taxonomy_terms")
    op.drop_table("taxonomies")
    op.drop_index(op.f("ix_services_edition_id_sort_key"), table_name="services")
    op.drop_index(op.f("ix_services_edition_id_organization_id"), table_name="services")
    op.drop_index(op.f("ix_services_edition_id_checked_on"), table_name="services")
    op.drop_table("services")
    op.drop_index(op.f("ix_service_tips_listing_id_id"), table_name="service_tips")
    op.drop_table("service_tips")
    op.drop_table("service_guides")
    op.drop_index(op.f("ix_organizations_edition_id_sort_key"), table_name="organizations")
    op.drop_table("organizations")
    op.drop_index(op.f("ix_locations_town"), table_name="locations")
    op.drop_index(op.f("ix_locations_postcode"), table_name="locations")
    op.drop_index(op.f("ix_locations_latitude_longitude"), table_name="locations")
    op.drop_index(op.f("ix_locations_edition_id_organization_id"), table_name="locations")
    op.drop_table("locations")
    op.drop_table("location_overrules")
    op.drop_table("listings")
    op.drop_index(
        op.f("ix_directory_suggestions_persona_id_id"), table_name="directory_suggestions"
    )
    op.drop_table("directory_suggestions")
    op.drop_index(op.f("ix_directory_editions_state"), table_name="directory_editions")
    op.drop_index(op.f("ix_directory_editions_set_id"), table_name="directory_editions")
    op.drop_table("directory_editions")
    op.drop_index(op.f("ix_chosen_services_account_id_id"), table_name="chosen_services")
    op.drop_table("chosen_services")
    op.drop_index(op.f("ix_directory_sets_next_at"), table_name="directory_sets")
    op.drop_table("directory_sets")
