"""The screen on which a text is translated, segment by segment, on top of wagtail-localize's storage."""
