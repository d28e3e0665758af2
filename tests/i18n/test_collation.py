"""Vietnamese names in the order of a Vietnamese list."""

import unicodedata
from itertools import pairwise

from i18n.collation import vietnamese_order


def in_order(*names: str) -> bool:
    keys = [vietnamese_order(name) for name in names]
    return all(one < two for one, two in pairwise(keys))


def test_letters_with_their_own_marks_follow_the_plain_ones() -> None:
    assert in_order("An Giang", "Bà Rịa - Vũng Tàu", "Bắc Giang", "Bắc Kạn", "Bến Tre", "Bình Dương")
    assert in_order("Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Điện Biên", "Gia Lai")
    assert in_order("Quảng Ninh", "Quảng Trị", "Sóc Trăng", "Sơn La", "Tây Ninh", "Thái Bình", "Thừa Thiên Huế")


def test_tones_count_after_letters_and_before_the_next_syllable() -> None:
    assert in_order("ma", "mà", "mả", "mã", "má", "mạ", "man")
    assert in_order("Hà Nội", "Hà Tĩnh", "Hải Dương")
    assert in_order("ba z", "bá a")


def test_the_form_of_the_letters_and_their_case_do_not_count() -> None:
    assert vietnamese_order(unicodedata.normalize("NFD", "Đắk Nông")) == vietnamese_order("đắk nông")
    assert vietnamese_order("Bà Rịa - Vũng Tàu") == vietnamese_order("Bà Rịa-Vũng Tàu")


def test_letters_of_other_languages_come_last() -> None:
    assert in_order("Yên Bái", "Zürich", "Ωmega")


def test_the_word_for_what_a_place_is_does_not_count() -> None:
    assert in_order("Hậu Giang", "Hòa Bình", "TP. Hồ Chí Minh", "Hưng Yên", "Khánh Hòa", "Tiền Giang")
    assert vietnamese_order("Thành phố Huế") == vietnamese_order("tỉnh Huế") == vietnamese_order("Huế")
    assert vietnamese_order("TP Cần Thơ") == vietnamese_order("Cần Thơ")
    assert in_order("Thành phố", "Tĩnh")


def test_all_letters_stand_in_the_order_of_the_alphabet() -> None:
    assert in_order(*"aăâbcdđeêghiklmnoôơpqrstuưvxy")
