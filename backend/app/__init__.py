"""App: the HTTP application: routes of all rooms, problems, access guard, schema, health."""
