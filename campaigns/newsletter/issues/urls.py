from django.urls import include, path

from campaigns.newsletter.issues import screen

own = [
    path("<int:pk>/", screen.IssueView.as_view(), name="issue"),
    path("<int:pk>/preview/<slug:language>/", screen.preview, name="preview"),
    path("<int:pk>/test/", screen.send_trial, name="test"),
    path("<int:pk>/progress/", screen.progress, name="progress"),
    path("<int:pk>/<slug:name>/", screen.step, name="step"),
]


def admin_urls() -> list:
    """A `register_admin_urls` hook."""
    return [path("newsletter/", include((own, "newsletter_admin")))]
