import pytest
from django.db import connection

from cms.connections import database, mail
from cms.environment import Address


def options(url):
    return database(Address(url), data=None)["OPTIONS"]


def test_postgresql_is_told_of_a_disk_without_moving_parts():
    assert options("postgres://nemo@db/nemo") == {"connect_timeout": 5, "options": "-c random_page_cost=1.1"}


def test_what_the_address_says_comes_first():
    said = options("postgres://nemo@db/nemo?options=-c%20random_page_cost%3D4&connect_timeout=2&sslmode=require")
    assert said == {"connect_timeout": "2", "options": "-c random_page_cost=4", "sslmode": "require"}


def test_a_pool_that_takes_no_options_is_sent_none():
    assert options("postgres://nemo@db/nemo?options=") == {"connect_timeout": 5}


def test_mail_stays_encrypted_where_nothing_is_said_about_it():
    said = [mail(Address(f"smtp://mail.example.org{query}"), env=None) for query in ("", "?tls=", "?tls=false")]
    assert [one["OPTIONS"]["use_tls"] for one in said] == [True, True, False]


def test_a_socket_is_a_host_and_no_option():
    said = database(Address("postgres:///nemo?host=/run/postgresql"), data=None)
    assert said["HOST"] == "/run/postgresql"
    assert "host" not in said["OPTIONS"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite does not weigh its disk")
@pytest.mark.django_db
def test_postgresql_has_heard_it():
    with connection.cursor() as cursor:
        cursor.execute("SHOW random_page_cost")
        assert cursor.fetchone() == ("1.1",)
