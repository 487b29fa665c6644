"""What can be wrong, in words for whoever uploaded the file."""


class Refused(Exception):
    """The file as a whole cannot be imported."""


class Wrong(ValueError):
    """One cell cannot be what it says."""
