"""The fields of one organisation: their order, what they mean, and their JSON Schema. Page, CSV and OpenAPI read it here."""

from dataclasses import dataclass

TEXT = {"type": ["string", "null"]}
NUMBER = {"type": ["number", "null"]}
TERM = {
    "type": "object",
    "required": ["key", "name"],
    "properties": {"key": {"type": "string"}, "name": {"type": "string"}},
}
TERMS = {"type": "array", "items": TERM}
LANGUAGE = {
    "type": "object",
    "required": ["code", "name", "mode", "note"],
    "properties": {
        "code": {"type": "string"},
        "name": {"type": "string"},
        "mode": {"type": "string", "enum": ["on-site", "phone", "written", "interpreter"]},
        "note": TEXT,
    },
}
HOURS = {
    "type": "object",
    "required": ["weekday", "opens", "closes", "note"],
    "properties": {
        "weekday": {"type": "integer", "minimum": 1, "maximum": 7},
        "opens": {"type": "string"},
        "closes": {"type": "string"},
        "note": TEXT,
    },
}


@dataclass(frozen=True)
class Field:
    name: str
    meaning: str  # German, for the documentation page
    schema: dict


FIELDS = [
    Field(
        "id",
        "Dauerhafte Kennung (UUID). Bleibt gleich, auch wenn sich Name oder Adresse ändern.",
        {"type": "string", "format": "uuid"},
    ),
    Field("name", "Name, in der Sprache von text_language.", {"type": "string"}),
    Field("summary", "Kurzbeschreibung in zwei Sätzen, in der Sprache von text_language.", TEXT),
    Field(
        "text_language",
        "Sprache von name und summary: die gewünschte, wo es eine Übersetzung gibt, sonst de.",
        {"type": "string"},
    ),
    Field("short_name", "Kurzname.", TEXT),
    Field("legal_name", "Name laut Satzung oder Register.", TEXT),
    Field("legal_form", "Rechtsform.", TEXT),
    Field("founded", "Gründungsjahr.", {"type": ["integer", "null"]}),
    Field("url", "Adresse des Profils auf dieser Website.", {"type": "string", "format": "uri"}),
    Field(
        "contact_url",
        "Adresse des Kontaktformulars; E-Mail-Adressen werden nicht veröffentlicht.",
        {"type": "string", "format": "uri"},
    ),
    Field("website", "Eigene Website.", TEXT),
    Field(
        "social_media",
        "Profile in sozialen Netzwerken.",
        {"type": "array", "items": {"type": "string", "format": "uri"}},
    ),
    Field("phone", "Telefonnummer, wenn sie freigegeben ist.", TEXT),
    Field(
        "precision",
        "Wie genau die Adresse freigegeben ist: exact (genau), district (Postleitzahl und Ort), town (nur Ort), form (keine Adresse).",
        {"type": "string", "enum": ["exact", "district", "town", "form"]},
    ),
    Field("street", "Straße und Hausnummer; nur bei exact.", TEXT),
    Field("postal_code", "Postleitzahl; bei exact und district.", TEXT),
    Field("place", "Ort.", TEXT),
    Field("municipality", "Gemeinde.", TEXT),
    Field("state", "Bundesland nach ISO 3166-2:DE ohne DE-, zum Beispiel NI.", TEXT),
    Field("state_name", "Name des Bundeslandes.", TEXT),
    Field(
        "latitude",
        "Breite, WGS 84. Nur bei exact der Standort selbst, sonst die Mitte von Postleitzahl oder Ort.",
        NUMBER,
    ),
    Field("longitude", "Länge, WGS 84. Wie latitude.", NUMBER),
    Field("networks", "Lokale Verbünde, zu denen die Organisation gehört.", TERMS),
    Field("services", "Dienstleistungen.", TERMS),
    Field("target_groups", "Zielgruppen.", TERMS),
    Field("tasks", "Aufgaben, für die die Organisation steht.", TERMS),
    Field(
        "languages",
        "Gesprochene Sprachen (ISO 639) und wie: on-site (vor Ort), phone (am Telefon), written (schriftlich), interpreter (mit Dolmetscher*in auf Anfrage).",
        {"type": "array", "items": LANGUAGE},
    ),
    Field(
        "opening_hours",
        "Öffnungszeiten; weekday 1 ist Montag, Uhrzeiten in Ortszeit.",
        {"type": "array", "items": HOURS},
    ),
    Field(
        "step_free",
        "Stufenlose Räume: yes, partly, no; leer heißt unbekannt.",
        {"type": ["string", "null"], "enum": ["yes", "partly", "no", None]},
    ),
    Field("accessibility_note", "Hinweis zur Barrierefreiheit.", TEXT),
    Field("status", "active (aktiv) oder dormant (ruht).", {"type": "string", "enum": ["active", "dormant"]}),
    Field("sample", "true bei erfundenen Einträgen, die nur zeigen, wie ein Profil aussieht.", {"type": "boolean"}),
    Field(
        "confirmed_on",
        "An diesem Tag hat die Organisation ihre Angaben zuletzt bestätigt.",
        {"type": ["string", "null"], "format": "date"},
    ),
    Field("changed_at", "Zeitpunkt der letzten Änderung.", {"type": "string", "format": "date-time"}),
]
NAMES = [field.name for field in FIELDS]
