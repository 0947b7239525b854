"""Accounts: how a person signs in, stays signed in, and gets the persona that others see."""
