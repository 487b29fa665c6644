from django.db import models


class MemoryWord(models.Model):
    """A telling word of a German text, so that similar texts are found without reading all of them.

    `word` is a hash: one index serves all languages and scripts. `length` of the text stands here, too, so that the
    index alone leaves out what is much shorter or longer. Written by `translations.editor.memory`.
    """

    string = models.ForeignKey("wagtail_localize.String", on_delete=models.CASCADE, related_name="memory_words")
    word = models.BigIntegerField()
    length = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["string", "word"], name="unique_memory_word")]
        indexes = [models.Index(fields=["word", "length", "string"], name="memory_by_word")]

    def __str__(self):
        return f"{self.word} in {self.string_id}"
