"""Which service translates into which language, from the environment."""

from cms.environment import Address, Environment

NAMES = ("libretranslate", "deepl", "google")
NOT_TRANSLATED = {"de", "de-simple"}
GOOGLE = "https://translation.googleapis.com"
DEEPL = "https://api.deepl.com"
DEEPL_FREE = "https://api-free.deepl.com"  # their keys end in :fx


def languages(env: Environment, choices: list[str], known: dict[str, str]) -> dict[str, str]:
    """`["ar=deepl", "*=libretranslate"]` as a dictionary."""
    chosen: dict[str, str] = {}
    for choice in choices:
        language, _equals, name = (part.strip() for part in choice.partition("="))
        if name not in NAMES:
            env.fault("MACHINE_TRANSLATION", f"{choice!r} must end in one of {', '.join(f'={name}' for name in NAMES)}")
        elif language != "*" and (language not in known or language in NOT_TRANSLATED):
            env.fault("MACHINE_TRANSLATION", f"{language!r} is no language that is translated into")
        elif language in chosen:
            env.fault("MACHINE_TRANSLATION", f"{language!r} is named twice")
        else:
            chosen[language] = name
    return chosen


def providers(env: Environment, used: set[str], addresses: dict[str, Address | None], keys: dict[str, str]) -> dict:
    """Address and key of each service in use."""
    found = {}
    for name in sorted(used):
        address, key = addresses[name], keys[name]
        if name == "libretranslate" and address is None:
            env.fault("LIBRETRANSLATE_URL", "is missing, but MACHINE_TRANSLATION names libretranslate")
        elif name == "deepl" and not key:
            env.fault("DEEPL_KEY", "is missing, but MACHINE_TRANSLATION names deepl")
        elif name == "google" and not key:
            env.fault("GOOGLE_TRANSLATE_KEY", "is missing, but MACHINE_TRANSLATION names google")
        usual = {"google": GOOGLE, "deepl": DEEPL_FREE if key.endswith(":fx") else DEEPL}.get(name, "")
        found[name] = {"url": address.value if address else usual, "key": key}
    return found
