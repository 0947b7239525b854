"""What this node holds of a person in the rooms of what peer support gives. A part of
`storage.personal`.
"""

from typing import Final

from storage.personal_table import Personal

SUPPORT: Final = (
    Personal(
        table="circles",
        exported="circles",
        erased="kept: it is its members'; the name of who started it is blank",
    ),
    Personal(table="circle_members", exported="circles", persona=("persona_id",)),
    Personal(table="circle_waiting", exported="circles", persona=("persona_id",)),
    Personal(
        table="circle_codes",
        exported="never: a hash of a code that opens a door",
        persona=("created_by",),
    ),
    Personal(table="check_ins", exported="entries", persona=("persona_id",)),
    Personal(table="goals", exported="goals", persona=("persona_id",)),
    Personal(table="buddy_pairs", exported="buddies", erased="dropped with each persona"),
    Personal(table="buddy_sides", exported="buddies", erased="dropped with each pair"),
    Personal(
        table="buddy_codes",
        exported="never: who holds one becomes a buddy",
        persona=("persona_id",),
    ),
    Personal(table="buddy_up", exported="buddies", persona=("persona_id",)),
    Personal(table="hard_moments", exported="buddies", persona=("persona_id",)),
    Personal(table="coping_cards", exported="cards", persona=("persona_id",)),
    Personal(table="toolkit_items", exported="toolkit", persona=("persona_id",)),
    Personal(table="card_experiences", exported="experiences", persona=("persona_id",)),
    Personal(table="card_collections", exported="cardCollections", persona=("persona_id",)),
    Personal(
        table="card_collection_items",
        exported="cardCollections",
        erased="dropped with each collection",
    ),
    Personal(
        table="card_checks",
        exported="never: it is about the card of somebody else",
        erased="dropped with the card; its words go with the key of who wrote them",
    ),
    Personal(table="listening_people", exported="listening", persona=("persona_id",)),
    Personal(
        table="listening_offers",
        exported="who was asked for whom is shown to nobody",
        persona=("seeker_id", "helper_id"),
    ),
    Personal(table="listening_answers", exported="listening", persona=("seeker_id", "helper_id")),
    Personal(
        table="listening_sessions",
        exported="listening",
        erased="dropped, with all that was said in them",
    ),
    Personal(table="listening_words", exported="listeningWords", erased="dropped with the session"),
    Personal(table="helper_paths", exported="training", persona=("persona_id",)),
    Personal(table="passed_threads", exported="answering", persona=("persona_id",)),
    Personal(table="helpers", exported="answering", persona=("persona_id",)),
    Personal(table="helped", exported="answering", persona=("holder_id",)),
    Personal(table="chosen_services", exported="chosenServices", account="account_id"),
    Personal(table="directory_suggestions", exported="suggestions", persona=("persona_id",)),
    Personal(table="veils", exported="never: it tells of reports", erased="kept with each post"),
    Personal(
        table="detail_folds",
        exported="never: it tells what a word rule found",
        erased="kept with each post",
    ),
    Personal(table="pauses", exported="never: it tells of reports", persona=("persona_id",)),
    Personal(table="special_days", exported="days", persona=("persona_id",)),
    Personal(table="quiet_watches", exported="days", persona=("persona_id",)),
    Personal(table="stories", exported="stories", account="account_id", persona=("persona_id",)),
    Personal(table="story_keepers", exported="stories", persona=("persona_id",)),
    Personal(table="welcomes", exported="welcoming", persona=("persona_id",)),
    Personal(table="greeters", exported="welcoming", persona=("persona_id",)),
    Personal(table="weekly_threads", exported="welcoming", persona=("persona_id",)),
    Personal(table="reply_sessions", exported="welcoming", persona=("caller_id",)),
    Personal(table="reply_session_people", exported="welcoming", persona=("persona_id",)),
    Personal(
        table="reply_session_turns",
        exported="which thread was handed to whom, until the session ends",
        persona=("persona_id",),
    ),
    Personal(
        table="delivery_holds",
        exported="the posts that wait, on a page of their author",
        persona=("author_id",),
    ),
    Personal(table="risk_signals", exported="worries", persona=("author_id",)),
    Personal(table="risk_notes", exported="letters", persona=("persona_id", "by_id")),
    Personal(table="plans", exported="plan", account="account_id"),
)
