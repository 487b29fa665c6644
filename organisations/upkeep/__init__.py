"""How profiles stay true without accounts: links by mail, what comes back through them, reminders. See docs/upkeep.md."""
