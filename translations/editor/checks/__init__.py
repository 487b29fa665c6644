"""What can be checked about a translation without understanding it.

Errors keep a text from being published; warnings ask for a second look. Each says what it is about.
"""

from translations.editor.checks.findings import Finding, Severity
from translations.editor.checks.text import check
from translations.editor.checks.whole import check_translation

__all__ = ["Finding", "Severity", "check", "check_translation"]
