import pytest

from cms.pictures import WIDE_SHAPE, Shape, marks, place


@pytest.mark.parametrize(
    ("longitude", "latitude", "expected"),
    [(35.93, 31.95, (592.5, 125.1)), (-56.16, -34.9, (357.6, 367.7))],
)
def test_a_city_stands_where_the_projection_puts_it(longitude: float, latitude: float, expected: tuple[float, float]):
    assert place(longitude, latitude) == expected


@pytest.mark.parametrize(("total", "filled"), [(387, 387), (300, 225), (1, 0), (31, 31)])
def test_there_is_exactly_one_mark_for_each_person(total: int, filled: int):
    picture = marks(total, filled)
    assert len(picture.marks) == total
    assert sum(mark.is_on for mark in picture.marks) == filled
    assert len({(mark.x, mark.y) for mark in picture.marks}) == total


def test_every_mark_lies_inside_the_picture():
    picture = marks(300, 225, width_to_height=WIDE_SHAPE)
    assert (picture.width, picture.height) == (330, 110)
    assert all(0 < mark.x < picture.width and 0 < mark.y < picture.height for mark in picture.marks)


def test_a_clock_is_drawn_larger_than_a_dot():
    assert marks(100, 100, drawn_as=Shape.CLOCK).radius > marks(100, 100).radius
