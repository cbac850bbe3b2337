"""Identity: people, accounts (账号), sign-in (登录), sessions, roles scoped to places.

A person is not a phone: people stand on registers without an account. Below: places.
"""
