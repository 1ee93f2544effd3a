"""Checks before publication over HTTP: version 1 of our own API, and the protocol of LanguageTool."""
