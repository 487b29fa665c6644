"""Why a text was not translated, each with a sentence for whoever started the work."""


class Failure(Exception):
    pass


class Refused(Failure):
    """The service does not want this request, and would not want it a second time."""


class ShutOut(Refused):
    """The service refuses whatever we ask: our key or our quota is at fault, not the request."""


class Unavailable(Failure):
    """The service does not answer, or not usefully; later it may."""


class OverBudget(Failure):
    """The words of this month are used up."""


class Broken(Failure):
    """One text did not come back whole, and is left to people."""
