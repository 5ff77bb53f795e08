from django.db import models

from fundportal import clock


class Knock(models.Model):
    """One try at a public door. The mark is a keyed digest: nobody can read an address or an e-mail back from it."""

    mark = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=["mark", "at"], name="knocks_by_mark_and_time"),)

    def __str__(self) -> str:
        return f"{self.mark[:8]} {self.at:%H:%M:%S}"
