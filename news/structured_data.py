"""schema.org: what a search engine may say about a news item."""

from core.addresses import absolute


def news_article(page) -> dict:
    facts = page.facts
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": page.title,
        "description": page.search_description or page.summary,
        "inLanguage": page.text_language,
        "datePublished": facts.date.isoformat(),
        "dateModified": (page.last_published_at or page.latest_revision_created_at or facts.date).isoformat(),
        "mainEntityOfPage": absolute(page, page.text_language),
        "publisher": {"@type": "NGO", "name": "Bundesverband NeMO"},
    }
