"""What is larger than the site takes is turned away before it is read, in words."""

import html

import pytest

MB = 1024 * 1024


@pytest.mark.parametrize("headers", [{}, {"HTTP_HX_REQUEST": "true"}])
def test_a_body_that_is_too_large_is_refused_by_its_length(client, db, settings, headers):
    settings.UPLOAD_MB = 1

    response = client.generic(
        "POST", "/ui/login/", b"", "text/plain", CONTENT_LENGTH=str(MB + 1), **headers
    )

    assert response.status_code == 413
    assert "This is too large" in html.unescape(response.content.decode())


def test_a_body_of_the_greatest_size_is_read(client, db, settings):
    settings.UPLOAD_MB = 1

    response = client.post("/ui/login/", b"x" * 1000, content_type="application/octet-stream")

    assert response.status_code == 200


@pytest.mark.parametrize("stated", ["", "x", "-1"])
def test_a_length_that_is_none_counts_as_nothing(client, db, stated):
    assert client.get("/ui/login/", CONTENT_LENGTH=stated).status_code == 200


def test_a_form_with_too_many_fields_is_refused(sign_in, manager, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10

    response = sign_in(manager).post("/ui/theme/", {f"field{n}": "x" for n in range(11)})

    assert response.status_code == 400
