"""Needs (需求): the ledger of what residents ask for and what became of it.

Any room that hears a need calls `raise_need`; any room that moves one calls `record_step`.
"""
