"""Pages × languages in one look: what is missing, outdated, urgent, asked for, and by whom it is done."""
