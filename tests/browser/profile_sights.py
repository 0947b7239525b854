"""Every page of life outside groups. Fern follows ash, june has asked to."""

from tests.browser.sights import Sight, at, refused, unfolded

_NEW, _NOTE, _PERSONA, _LISTS = "/notes/new", "/notes/{id}", "/personas/{handle}", "/followers"
_REPLY, _EDIT, _DELETE = "/notes/{id}/reply", "/notes/{id}/edit", "/notes/{id}/delete"

PROFILE_SIGHTS = (
    Sight("persona-own-page", _PERSONA, at("/personas/ash?note=posted"), "ash"),
    Sight("persona-followed", _PERSONA, at("/personas/ash"), "fern"),
    Sight("persona-asked", _PERSONA, at("/personas/ash?note=follow-asked"), "june"),
    Sight("persona-own-empty", _PERSONA, at("/personas/june"), "june"),
    Sight("note-new", _NEW, at("/notes/new"), "ash"),
    Sight("note-new-wrong", _NEW, refused("/notes/new", "Publish", text=" "), "ash"),
    Sight("note-visitor", _NOTE, at("/notes/{note}")),
    Sight("note", _NOTE, unfolded("/notes/{note}", "Content warning and language"), "fern"),
    Sight("note-own", _NOTE, at("/notes/{note}"), "ash"),
    Sight("note-quiet", _NOTE, unfolded("/notes/{quiet_note}", "Content warning:"), "fern"),
    Sight("note-reply", _REPLY, at("/notes/{note_reply}/reply"), "june"),
    Sight("note-reply-wrong", _REPLY, refused("/notes/{note}/reply", "Reply", text=" "), "june"),
    Sight("note-edit", _EDIT, at("/notes/{note}/edit"), "ash"),
    Sight("note-edit-wrong", _EDIT, refused("/notes/{note}/edit", "Save", text=" "), "ash"),
    Sight("note-delete", _DELETE, at("/notes/{note}/delete"), "ash"),
    Sight("followers", _LISTS, at("/followers?note=follower-accepted"), "ash"),
    Sight("followers-asked", _LISTS, at("/followers"), "june"),
    Sight("followers-empty", _LISTS, at("/followers"), "ines"),
)
