import pytest
from django.test import Client


@pytest.mark.django_db
def test_an_address_that_does_not_work_that_way_says_so_on_a_page(client: Client) -> None:
    response = client.put("/en/check/", headers={"accept": "text/html"})
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, POST"
    assert "This address does not work that way" in response.content.decode()
