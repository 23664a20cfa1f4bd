"""The settings file: what is bad in it is repaired and told, and never stops anybody."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from app.settings import TABLE, Settings, load
from app.settings_file import save
from call.limits import Limits
from scripts_ja.texts import t


@pytest.fixture
def path(tmp_path):
    return tmp_path / "settings.toml"


def loaded(path, text):
    path.write_text(text, encoding="utf-8")
    return load(path)


def test_without_a_file_all_is_as_it_comes(path):
    settings, problems = load(path)
    assert problems == ()
    assert settings.changed_values() == {}
    assert settings.limits() == Limits()
    assert settings.text("flow.first") == "first_boss"
    assert not path.exists()


def test_every_setting_has_a_label_and_a_good_default():
    for setting in TABLE:
        assert t(f"settings.label.{setting.name}")
        if isinstance(setting.default, int):
            assert setting.low <= setting.default <= setting.high
        elif setting.choices:
            assert setting.default in setting.choices
    assert len({setting.name for setting in TABLE}) == len(TABLE)


def test_every_limit_is_a_setting(path):
    names = [field.name for field in structs.fields(Limits)]
    lines = "\n".join(f"{name} = 19" for name in names)
    settings, problems = loaded(path, f"[limits]\n{lines}\n")
    assert problems == ()
    assert structs.asdict(settings.limits()) == dict.fromkeys(names, 19)


@pytest.mark.parametrize(
    ("text", "name", "value", "said"),
    [
        ("[limits]\ncall_amber_minutes = 0", "limits.call_amber_minutes", 1, "1 から 600 まで"),
        ("[limits]\ncall_red_minutes = 601", "limits.call_red_minutes", 600, "600 に直して"),
        ("[limits]\nmax_holds = 1" + "0" * 300, "limits.max_holds", 20, "1 から 20 まで"),
        ("[limits]\nmax_holds = -1", "limits.max_holds", 1, "1 から 20 まで"),
        ("[limits]\nmax_holds = true", "limits.max_holds", 1, "整数で"),
        ("[limits]\nmax_holds = 2.0", "limits.max_holds", 1, "整数で"),
        ('[limits]\nmax_holds = "2"', "limits.max_holds", 1, "整数で"),
        ("[limits]\nmax_holds = [2]", "limits.max_holds", 1, "整数で"),
        ("[limits.max_holds]\nx = 1", "limits.max_holds", 1, "整数で"),
        ('[view]\ntheme = "pink"', "view.theme", "system", "system、light、dark、contrast"),
        ("[view]\ntheme = 1", "view.theme", "system", "system、light、dark、contrast"),
        ("[view]\ntext_percent = 99", "view.text_percent", 100, "100 から 200"),
        ('[desk]\nhelp_line_checked = "昨日"', "desk.help_line_checked", "", "日付で書いて"),
        ("[desk]\nhelp_line_checked = 7", "desk.help_line_checked", "", "日付で書いて"),
        ("[desk]\nhelp_line_checked = [1]", "desk.help_line_checked", "", "日付で書いて"),
        ('[view]\nclock_words = "13"', "view.clock_words", "24", "24、12"),
        ("[desk]\nname = 7", "desk.name", "", "200字まで"),
        (f'[desk]\nname = "{"名" * 201}"', "desk.name", "", "200字まで"),
    ],
)
def test_a_bad_value_is_repaired_and_told(path, text, name, value, said):
    settings, (problem,) = loaded(path, text)
    assert settings.value(name) == value
    assert problem.name == name
    assert name in problem.message
    assert said in problem.message


@pytest.mark.parametrize(
    "written", ["2026-04-01", '"2026-04-01"', '" 2026-04-01 "', "2026-04-01T10:00:00"]
)
def test_a_date_in_whatever_way_it_is_written(path, written):
    settings, problems = loaded(path, f"[desk]\nhelp_line_checked = {written}\n")
    assert (settings.text("desk.help_line_checked"), problems) == ("2026-04-01", ())


def test_the_good_ones_count_although_others_are_bad(path):
    text = '[limits]\ncall_amber_minutes = 12\ncall_red_minutes = "x"\n[desk]\nname = " 鈴 木 "'
    settings, problems = loaded(path, text)
    assert len(problems) == 1
    assert settings.limits().call_amber_minutes == 12
    assert settings.limits().call_red_minutes == 20
    assert settings.text("desk.name") == "鈴 木"


@pytest.mark.parametrize("text", ["colour = 1", "[colour]\nx = 1", "limits = 3", "[[view]]\nx = 1"])
def test_what_nobody_knows_is_told_and_left_out(path, text):
    settings, (problem,) = loaded(path, text)
    assert "知らない項目" in problem.message
    assert settings.changed_values() == {}


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"[view\n", 1),
        (b'[view]\ntheme = "dark\n', 2),
        (b"[view]\n\ntheme dark\n", 3),
        (b"[view]\nx = [\n1,\n2\n", 4),
        ('[desk]\nname = "鈴木"\n'.encode("shift_jis"), 2),
        (b"a = " + b"9" * 5000, 1),
        (b"a = " + b"[" * 5000 + b"]" * 5000, 1),
        (b"a = 2026-13-45\n", 1),
        (b"\xff\xfe", 1),
    ],
)
def test_a_file_that_is_no_toml_is_told_with_its_line(path, raw, line):
    path.write_bytes(raw)
    settings, (problem,) = load(path)
    assert settings.changed_values() == {}
    assert f"設定ファイルの{line}行目が" in problem.message
    assert str(path) in problem.message


def test_what_cannot_be_opened_is_told(tmp_path):
    settings, (problem,) = load(tmp_path)
    assert "開けない" in problem.message
    assert settings.limits() == Limits()


def test_an_editor_of_windows_is_welcome(path):
    path.write_bytes(b'\xef\xbb\xbf[view]\r\ntheme = "dark"\r\n')
    settings, problems = load(path)
    assert (settings.text("view.theme"), problems) == ("dark", ())


@given(st.binary(max_size=60) | st.text("[]=.\"'\n{}#x1 ", max_size=60).map(str.encode))
def test_nothing_in_the_file_stops_anybody(tmp_path_factory, raw):
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(raw)
    settings, _ = load(path)
    assert isinstance(settings.limits(), Limits)
    save(path, {"view.theme": "dark"})
    assert load(path)[0].text("view.theme") == "dark"


# -- writing --------------------------------------------------------------------------------------


def test_a_new_file_explains_every_setting(path):
    save(path, {"desk.name": "鈴木", "limits.call_amber_minutes": 12})
    settings, problems = load(path)
    assert problems == ()
    assert settings.changed_values() == {"desk.name": "鈴木", "limits.call_amber_minutes": 12}
    text = path.read_text(encoding="utf-8")
    for setting in TABLE:
        label = re.escape(t(f"settings.label.{setting.name}"))
        assert re.search(rf"^# {label}\n{setting.key} = ", text, re.MULTILINE), setting.name


def test_what_a_person_wrote_stays(path):
    path.write_text('# mine\n[view]\n\ntheme = "dark" # at night\n', encoding="utf-8")
    save(path, {"view.theme": "light", "desk.company": "ひだまり電器"})
    text = path.read_text(encoding="utf-8")
    assert text.startswith('# mine\n[view]\n\ntheme = "light" # at night\n')
    assert load(path)[0].text("desk.company") == "ひだまり電器"


@pytest.mark.parametrize(
    "text",
    [
        'view = {theme = "dark"}\n[desk]\nname = "鈴木"\n',
        'view.theme = "dark"\ndesk.name = "鈴木"\n',
        '[desk]\nname = "鈴木"\n[view]\ntheme = "dark"\n[desk.more]\nx = 1\n',
        '[desk.more]\nx = 1\n[view]\ntheme = "dark"\n[desk]\nname = "鈴木"\n',
        '[view]\r\ntheme = "dark"\r\n[desk]\r\nname = "鈴木"',
    ],
)
def test_other_values_stay_in_whatever_way_they_are_written(path, text):
    path.write_text(text, encoding="utf-8")
    save(path, {"view.text_percent": 150, "desk.company": "ひだまり電器"})
    assert load(path)[0].changed_values() == {
        "view.theme": "dark",
        "view.text_percent": 150,
        "desk.name": "鈴木",
        "desk.company": "ひだまり電器",
    }


@pytest.mark.parametrize("raw", [b"[view\n", b"\xff\xfe", b"a = " + b"9" * 5000])
def test_a_broken_file_is_kept_aside(path, raw):
    path.write_bytes(raw)
    save(path, {"desk.name": "鈴木"})
    assert path.with_suffix(".broken.toml").read_bytes() == raw
    assert load(path)[0].changed_values() == {"desk.name": "鈴木"}


def test_a_section_that_is_no_section_gives_way(path):
    path.write_text("view = 3\n[[desk]]\nx = 1\n", encoding="utf-8")
    save(path, {"view.theme": "dark", "desk.name": "鈴木"})
    assert load(path)[0].changed_values() == {"view.theme": "dark", "desk.name": "鈴木"}


def test_a_folder_that_cannot_be_written_is_an_oserror(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        save(tmp_path / "file" / "settings.toml", {"desk.name": "鈴木"})


def test_a_change_leaves_the_old_settings_alone():
    old = Settings({"desk.name": "鈴木"})
    new = old.changed({"view.theme": "dark"})
    assert new.changed_values() == {"desk.name": "鈴木", "view.theme": "dark"}
    assert old.changed_values() == {"desk.name": "鈴木"}
