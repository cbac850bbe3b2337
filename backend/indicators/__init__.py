"""Indicators (指标): what a place has reached, and the loops from need to satisfaction.

Reads everything; writes nothing.
"""
