"""What schemas are called in the older documents."""

from __future__ import annotations

from coach.api.older.names import plain_names


def test_a_name_without_signs_stays_as_it_is() -> None:
    assert {"DealReview": "DealReview"} == plain_names(["DealReview"])


def test_classes_of_one_name_are_told_apart_by_their_modules() -> None:
    given = ["coach__domain__mirror__Point", "coach__domain__difference__Point"]
    assert ["MirrorPoint", "DifferencePoint"] == list(plain_names(given).values())


def test_signs_go_and_a_digit_is_not_the_first() -> None:
    assert ["PageDealReview", "Schema2Steps"] == list(plain_names(["Page[DealReview]", "2-steps"]).values())


def test_no_two_differ_in_case_alone_nor_is_one_anothers_twin() -> None:
    assert ["Deal", "DEAL2", "Deal3"] == list(plain_names(["Deal", "DEAL", "deal"]).values())
    assert ["Deal", "DealOrNull2"] == list(plain_names(["Deal", "DealOrNull"]).values())
