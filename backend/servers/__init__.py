"""Servers (内置服务): starting and minding the programs that Linli runs on its own machine.

Two servers for laptops, demos and tests: PostgreSQL (`postgres`, the record) and Valkey (`valkey`,
nothing that cannot be lost). `embedded` starts those of the two that are not configured from
outside; `group` minds the web workers and the background worker; `lock` keeps a second run out.

Words: a *child* is a program we started and must stop; an *orphan* is one whose parent was killed;
the *state folder* is `LINLI_STATE_DIR`; the *account* is the unprivileged user that servers run as
when we are root.

Below: settings. Above: cli. No other room is imported, and nothing here speaks the domain's words.
Linux only: orphans are prevented with `PR_SET_PDEATHSIG`, and live ones are found through /proc.
"""
