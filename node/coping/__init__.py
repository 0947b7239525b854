"""Coping cards: what helps, written by people whom it helped, kept at hand and handed on."""
