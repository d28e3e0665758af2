"""Profiles of wall screens: what is read, and what is refused with where, value and how to mend it."""

from pathlib import Path

import pytest

from data.wall_profiles import FAR, FOCUS, OWN, SHOWN, ProfileError, Showing, read_profiles, refuse_unknown


def read(folder: Path, text: str) -> object:
    file = folder / "walls.toml"
    file.write_text(text, "utf-8")
    return read_profiles(file)


def test_the_profiles_of_the_product_can_be_read() -> None:
    found = read_profiles(None)
    assert next(iter(found)) == "national"
    assert [scene.show for scene in found["national"].scenes] == [
        "targets",
        "map",
        "usage",
        "tasks",
        "today",
        "economy",
    ]
    assert found["far"].density == FAR
    assert found["national-en"].language == "en"
    assert OWN.is_file()


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    found = read_profiles(_file(tmp_path, '[hall]\nscene = [{ show = "map" }, { show = "focus", agency = "BNV" }]'))
    (hall,) = found.values()
    assert (hall.name, hall.language, hall.density) == ("hall", "vi", "normal")
    assert hall.scenes == (Showing("map", 60, indicator="DVC01"), Showing("focus", 60, agency="BNV"))


def test_a_scene_may_have_a_limit_of_its_own(tmp_path: Path) -> None:
    shown = ", ".join(f'{{ show = "{each}", fresh_days = 3 }}' for each in SHOWN if each != FOCUS)
    focus = '{ show = "focus", agency = "40", fresh_days = 366 }'
    (hall,) = read_profiles(_file(tmp_path, f"[hall]\nscene = [{shown}, {focus}]")).values()
    assert [scene.fresh_days for scene in hall.scenes] == [3] * (len(SHOWN) - 1) + [366]
    assert {scene.fresh_days for found in read_profiles(None).values() for scene in found.scenes} == {None}


def _file(folder: Path, text: str) -> Path:
    file = folder / "walls.toml"
    file.write_text(text, "utf-8")
    return file


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ("walls.toml", "no profile")),
        ("[hall", ("walls.toml", "is not TOML")),
        ("hall = 3", ("[hall]", "no table")),
        ("[Hall]\nscene = [{ show = 'map' }]", ("[Hall]", "small letters")),
        ("[hall]\nscene = []", ("[hall]", "list of 1 to 12")),
        ("[hall]\nscene = [{ show = 'chart' }]", ("scene 1", "'chart'", "targets")),
        ("[hall]\nscene = [{ show = 'map', seconds = 5 }]", ("scene 1", "5", "10 to 3600")),
        ("[hall]\nscene = [{ show = 'map', seconds = true }]", ("scene 1", "True", "10 to 3600")),
        ("[hall]\nscene = [{ show = 'map', fresh_days = 0 }]", ("[hall], scene 1", "fresh_days is 0", "1 to 366")),
        ("[hall]\nscene = [{ show = 'map', fresh_days = '3' }]", ("scene 1", "fresh_days is '3'", "1 to 366")),
        ("[hall]\nfresh_days = 3\nscene = [{ show = 'map' }]", ("[hall]", "fresh_days is no key")),
        ("[hall]\nscene = [{ show = 'focus' }]", ("scene 1", "agency", "None")),
        ("[hall]\nscene = [{ show = 'map', agency = '40' }]", ("scene 1", "agency is no key")),
        ("[hall]\nlanguage = 'fr'\nscene = [{ show = 'map' }]", ("[hall]", "'fr'", "vi, en")),
        ("[hall]\ndensity = 'near'\nscene = [{ show = 'map' }]", ("'near'", "normal, far")),
        ("[enrol]\nscene = [{ show = 'map' }]", ("[enrol]", "and not enrol")),
        ("[hall]\nminutes = 'no'\nscene = [{ show = 'map' }]", ("minutes", "'no'", "true or false")),
        ("[hall]\nspeed = 3\nscene = [{ show = 'map' }]", ("speed is no key",)),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path: Path, text: str, words: tuple[str, ...]) -> None:
    with pytest.raises(ProfileError) as refused:
        read(tmp_path, text)
    for word in words:
        assert word in str(refused.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"walls\.toml cannot be read"):
        read_profiles(tmp_path / "walls.toml")


def test_codes_that_mean_nothing_are_refused(tmp_path: Path) -> None:
    found = read_profiles(_file(tmp_path, '[hall]\nscene = [{ show = "map", indicator = "X9" }]'))
    with pytest.raises(ProfileError, match=r"\[hall\], scene 1: indicator is 'X9'"):
        refuse_unknown(found, {"DVC01"}, {"40"})
    found = read_profiles(_file(tmp_path, '[hall]\nscene = [{ show = "focus", agency = "99" }]'))
    with pytest.raises(ProfileError, match="agency is '99'"):
        refuse_unknown(found, {"DVC01"}, {"40"})
    refuse_unknown(read_profiles(None), {"DVC01"}, {"40"})
