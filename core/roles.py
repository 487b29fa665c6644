"""Who may do what."""


def sync() -> None:
    """Bring groups and workflows in line with what the packages say."""
