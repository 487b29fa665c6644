import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

TO_PAGE = {"null": True, "blank": True, "on_delete": django.db.models.deletion.CASCADE, "related_name": "+", "to": "wagtailcore.page"}


class Migration(migrations.Migration):
    """What campaigns, events and the newsletter share. A campaign has the key of its page, so the rows stay as they are."""

    dependencies = [
        ("campaigns", "0005_sign_ups"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RemoveConstraint("consenttext", "one_row_per_consent_text"),
        migrations.RemoveConstraint("keptout", "kept_out_once"),
        migrations.RenameField("consenttext", "campaign", "page"),
        migrations.AlterField("consenttext", "page", models.ForeignKey(**TO_PAGE)),
        migrations.AddConstraint("consenttext", models.UniqueConstraint(fields=["page", "language", "digest"], name="one_row_per_consent_text")),
        migrations.AddConstraint("consenttext", models.UniqueConstraint(fields=["language", "digest"], condition=models.Q(page=None), name="one_row_per_newsletter_consent_text")),
        migrations.RenameField("keptout", "campaign", "page"),
        migrations.AlterField("keptout", "page", models.ForeignKey(**TO_PAGE)),
        migrations.AddConstraint("keptout", models.UniqueConstraint(fields=["page", "address"], name="kept_out_once")),
        migrations.AddConstraint("keptout", models.UniqueConstraint(fields=["address"], condition=models.Q(page=None), name="kept_out_of_the_newsletter_once")),
        migrations.RenameField("signuplink", "sign_up", "owner"),
        migrations.AlterField("signup", "consent", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="%(class)s_set", to="campaigns.consenttext", verbose_name="agreed to")),
        migrations.AlterField("signup", "requested_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked for")),
    ]
