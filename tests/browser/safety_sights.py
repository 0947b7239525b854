"""Every page of safety: blocking somebody, whom one blocked, vouching. Wren blocked Petra."""

from tests.browser.sights import Sight, at, refused

_BLOCK, _LIST, _PERSONA = "/personas/{handle}/block", "/settings/blocks", "/personas/{handle}"

SAFETY_SIGHTS = (
    Sight("block", _BLOCK, at("/personas/ines/block"), "ash"),
    Sight("block-elsewhere", _BLOCK, at("/personas/mara@{harbour}/block"), "odile", "meadow"),
    Sight("block-oneself", _BLOCK, refused("/personas/ash/block", "Block"), "ash"),
    Sight("blocks-empty", _LIST, at("/settings/blocks"), "ash"),
    Sight("blocks", _LIST, at("/settings/blocks?note=blocked"), "wren", "meadow"),
    Sight("persona-blocked", _PERSONA, at("/personas/petra"), "wren", "meadow"),
    Sight("persona-to-vouch-for", _PERSONA, at("/personas/june"), "rowan"),
)
