"""Policy packs (政策参数包): a city's document as versioned parameters with their sources.

A pack is one TOML file under `seed/policies/`. Calls, contracts and targets pin its key, version
and SHA-256, so a later edit never changes a running programme. No number of a city is in code.

Words: *parameter* (参数) a value with its source; *clause* (条款) the phrase or article it quotes;
*local parameter* (本地参数) a number that no document names, marked `source = "local"` with its
reason; *principle* (原则上) a default that may be overridden with reason and approver.

Neighbours: stands on `publications` and below; read by every room that needs a city's number.
"""
