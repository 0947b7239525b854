"""The records of HSDS 3.0 and 3.1, their fields, and how they hang together. Pure.

Names as in openreferral.org's specification, 3.0 (2024-05) with what 3.1 adds. A field that is not
named here is kept as it is, and the report names it.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: its name, the file or list that holds many of it, its plain fields.

    `needs` are fields without which there is no such record.
    """

    name: str
    plural: str
    fields: frozenset[str]
    needs: tuple[str, ...] = ("id",)


def _kind(name: str, plural: str, fields: str, needs: str = "id") -> Kind:
    return Kind(name, plural, frozenset(fields.split()), tuple(needs.split()))


KINDS: Final[tuple[Kind, ...]] = (
    _kind(
        "service",
        "services",
        "id organization_id program_id name alternate_name description url email status"
        " interpretation_services application_process fees_description wait_time fees"
        " accreditations eligibility_description minimum_age maximum_age assured_date"
        " assurer_email licenses alert last_modified",
        "id name",
    ),
    _kind(
        "organization",
        "organizations",
        "id name alternate_name description email website tax_status tax_id year_incorporated"
        " legal_status logo uri parent_organization_id",
        "id name",
    ),
    _kind(
        "location",
        "locations",
        "id location_type url organization_id name alternate_name description transportation"
        " latitude longitude external_identifier external_identifier_type",
    ),
    _kind("service_at_location", "service_at_locations", "id service_id location_id description"),
    _kind(
        "phone",
        "phones",
        "id location_id service_id organization_id contact_id service_at_location_id number"
        " extension type description",
        "id number",
    ),
    _kind(
        "schedule",
        "schedules",
        "id service_id location_id service_at_location_id valid_from valid_to dtstart timezone"
        " until count wkst freq interval byday byweekno bymonthday byyearday description opens_at"
        " closes_at schedule_link attending_type notes",
    ),
    _kind(
        "address",
        "addresses",
        "id location_id attention address_1 address_2 city region state_province postal_code"
        " country address_type",
    ),
    _kind(
        "contact",
        "contacts",
        "id organization_id service_id service_at_location_id location_id name title department"
        " email",
    ),
    _kind("language", "languages", "id service_id location_id phone_id name code note"),
    _kind(
        "cost_option",
        "cost_options",
        "id service_id valid_from valid_to option currency amount amount_description",
    ),
    _kind("accessibility", "accessibility", "id location_id description details url"),
    _kind("required_document", "required_documents", "id service_id document uri"),
    _kind(
        "service_area",
        "service_areas",
        "id service_id service_at_location_id name description extent extent_type uri",
    ),
    _kind("funding", "funding", "id organization_id service_id source"),
    _kind("program", "programs", "id organization_id name alternate_name description"),
    _kind(
        "organization_identifier",
        "organization_identifiers",
        "id organization_id identifier_scheme identifier_type identifier",
    ),
    _kind(
        "attribute",
        "attributes",
        "id link_id taxonomy_term_id link_type link_entity value label",
    ),
    _kind("taxonomy", "taxonomies", "id name description uri version", "id name"),
    _kind(
        "taxonomy_term",
        "taxonomy_terms",
        "id code name description parent_id taxonomy language taxonomy_id term_uri",
        "id name",
    ),
    _kind(
        "metadata",
        "metadata",
        "id resource_id resource_type last_action_date last_action_type field_name previous_value"
        " replacement_value updated_by",
    ),
    _kind("meta_table_description", "meta_table_descriptions", "id name language character_set"),
    _kind("url", "additional_urls", "id label url organization_id service_id"),
    _kind("unit", "units", "id name scheme identifier uri"),
    _kind(
        "service_capacity",
        "service_capacities",
        "id service_id available maximum description updated",
    ),
)

BY_NAME: Final = {one.name: one for one in KINDS}

LISTS: Final = {one.plural: one.name for one in KINDS} | {
    "additional_websites": "url",
    "capacities": "service_capacity",
}
"""In a nested record: the list that holds records of this kind."""

SINGLE: Final = {
    "organization": "organization",
    "location": "location",
    "service": "service",
    "program": "program",
    "taxonomy_term": "taxonomy_term",
    "taxonomy_detail": "taxonomy",
    "unit": "unit",
}
"""In a nested record: the field that holds one record of this kind."""

FILES: Final = (
    {one.plural: one.name for one in KINDS}
    | {one.name: one.name for one in KINDS}
    | {
        "services_at_location": "service_at_location",
        "services_at_locations": "service_at_location",
        "urls": "url",
        "regular_schedules": "regular_schedule",
        "regular_schedule": "regular_schedule",
        "holiday_schedules": "holiday_schedule",
        "holiday_schedule": "holiday_schedule",
        "physical_addresses": "physical_address",
        "physical_address": "physical_address",
        "postal_addresses": "postal_address",
        "postal_address": "postal_address",
        "mail_addresses": "postal_address",
        "accessibility_for_disabilities": "accessibility",
        "eligibility": "eligibility",
        "payments_accepted": "payment_accepted",
        "payment_accepted": "payment_accepted",
        "services_taxonomy": "service_taxonomy",
        "service_taxonomy": "service_taxonomy",
    }
)
"""The file of a tabular package, without ".csv", to the kind of its rows. What 1.x had and 3.0 has
no more is taken over by `older`."""

OWNERS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "phone": (
        ("contact_id", "contact"),
        ("service_at_location_id", "service_at_location"),
        ("location_id", "location"),
        ("service_id", "service"),
        ("organization_id", "organization"),
    ),
    "schedule": (
        ("service_at_location_id", "service_at_location"),
        ("location_id", "location"),
        ("service_id", "service"),
    ),
    "address": (("location_id", "location"),),
    "contact": (
        ("service_at_location_id", "service_at_location"),
        ("location_id", "location"),
        ("service_id", "service"),
        ("organization_id", "organization"),
    ),
    "language": (
        ("phone_id", "phone"),
        ("location_id", "location"),
        ("service_id", "service"),
    ),
    "cost_option": (("service_id", "service"),),
    "accessibility": (("location_id", "location"),),
    "required_document": (("service_id", "service"),),
    "service_area": (
        ("service_at_location_id", "service_at_location"),
        ("service_id", "service"),
    ),
    "funding": (("service_id", "service"), ("organization_id", "organization")),
    "program": (("organization_id", "organization"),),
    "organization_identifier": (("organization_id", "organization"),),
    "url": (("service_id", "service"), ("organization_id", "organization")),
    "service_capacity": (("service_id", "service"),),
}
"""In tables: which column says whose a row is. A row that belongs to several is put into each."""

INTEGERS: Final = frozenset({"minimum_age", "maximum_age", "year_incorporated", "extension"})
NUMBERS: Final = frozenset({"latitude", "longitude", "timezone", "count", "interval", "amount"})
DATES: Final = frozenset({"assured_date", "valid_from", "valid_to", "dtstart", "until"})
TIMES: Final = frozenset({"opens_at", "closes_at"})
MOMENTS: Final = frozenset({"last_modified", "last_action_date", "updated"})
LINKS: Final = frozenset({"url", "website", "uri", "logo", "schedule_link", "term_uri"})
