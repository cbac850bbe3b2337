"""Publications (公示): what was made public, from when to when, and its fingerprint.

Immutable by trigger. Below: community, identity, places.
"""
