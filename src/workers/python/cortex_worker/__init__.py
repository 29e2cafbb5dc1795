"""Trains variants of a model file in the user's own Python; see main.py."""
