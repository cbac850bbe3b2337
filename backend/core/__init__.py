"""Core: what every room stands on and what knows no domain.

Transactions, time, refusals and problems, access, audit, outbox, idempotency, sealing, tokens,
paging, cache, rate limits, live streams, masking, logs.
"""
