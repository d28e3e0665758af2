"""CSV in one dialect, whole or not at all."""

import pytest

from data.refusal import Problem, Refusal, told
from data.sources.delimited import read_delimited


def _problem(text: str | bytes, **asked: bool) -> Problem:
    raw = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(Refusal) as caught:
        read_delimited(raw, "a.csv", **asked)
    return caught.value.problems[0]


def test_cells_and_the_lines_they_begin_on() -> None:
    grid = read_delimited('a,b\r\n"một\r\nhai","ba ""bốn"", năm"\r\n1,\r\n\r\n\r\n'.encode(), "a.csv")
    assert grid.rows == [["a", "b"], ["một\r\nhai", 'ba "bốn", năm'], ["1", ""]]
    assert grid.lines == [1, 2, 4]
    assert not grid.formulas
    assert not grid.percents


def test_a_blank_line_stays_where_it_stands() -> None:
    assert read_delimited(b"a,b\n\n1,2\n", "a.csv").rows == [["a", "b"], [], ["1", "2"]]


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ('a,b\n1,"2\n3,4\n', "open", 2),
        ('a,b\n1,2\n"3,4', "open", 3),
        ('a,b\n1,2"\n', "bare", 2),
        ('a,b\n1,x"y"z\n', "bare", 2),
        ('a,b\n"1"x,2\n', "bare", 2),
        ('a,b\n"1" ,2\n', "bare", 2),
        ('a,b\n"1\n2"x,2\n', "bare", 3),
        ('a,b\n1,"2\n3,"4"\n', "bare", 3),
    ],
)
def test_quotes_open_and_close_a_whole_cell(text: str, rule: str, line: int) -> None:
    problem = _problem(text)
    assert (problem.code, problem.rule, problem.line) == ("E_QUOTE", rule, line)


@pytest.mark.parametrize(
    ("text", "rule"),
    [("a;b\n1;2\n", "semicolon"), ("a\tb\n1\t2\n", "tab"), ("a|b\n1|2\n", "bar"), ('\n"a,x";b\n', "semicolon")],
)
def test_another_delimiter_is_refused(text: str, rule: str) -> None:
    problem = _problem(text)
    assert (problem.code, problem.rule) == ("E_DELIMITER", rule)


def test_a_semicolon_in_a_quoted_heading_is_taken() -> None:
    assert read_delimited(b'"a;b;c",d\n1,2\n', "a.csv").rows[0] == ["a;b;c", "d"]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a,b\n1,x\0y\n", "E_CONTROL_CHAR", 2),
        ("a,b\n1,x\u202ey\n", "E_CONTROL_CHAR", 2),
        ("a,b\n1,H\u00c3\u00a0 N\u00e1\u00bb\u2122i\n", "E_LEGACY_FONT", 2),
        ("a,b\n1," + "x" * 501 + "\n", "E_TOO_LONG", 2),
        ("a,b\n" + "1," * 40_000 + "\n", "E_TOO_LONG", 2),
        ('a,b\n1,"' + "xxxxxxxxx\n" * 20_000 + '"\n', "E_TOO_LONG", 2),
        ("a,b\nMật,1\n", "E_CLASSIFIED", 2),
        ("Độ mật,b\nx,1\n", "E_CLASSIFIED", 1),
    ],
)
def test_bad_cells_are_refused_where_they_stand(text: str, code: str, line: int) -> None:
    problem = _problem(text)
    assert (problem.code, problem.line) == (code, line)


@pytest.mark.parametrize("other", ["x\0y", 'x"y', "Hµ Néi", "x" * 70_000, "1,2,3"])
def test_a_mark_of_classification_is_told_before_all_else_and_never_repeated(other: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_delimited(f"a,b\n1,{other}\n2,Tối mật\n".encode(), "a.csv")
    assert [problem.code for problem in caught.value.problems] == ["E_CLASSIFIED"]
    assert caught.value.problems[0].value is None
    assert not caught.value.problems[0].hints
    assert "mật" not in repr(caught.value.problems)


def test_every_bad_cell_is_counted_and_a_hundred_are_told() -> None:
    with pytest.raises(Refusal) as caught:
        read_delimited(("a\n" + "x\x01\n" * 150).encode(), "a.csv")
    assert (len(caught.value.problems), caught.value.total) == (100, 150)


def test_rows_have_a_limit() -> None:
    full = b"a,b\n" + b"1,2\n" * 200_000
    assert len(read_delimited(full, "a.csv").rows) == 200_001
    problem = _problem(full + b"1,2\n")
    assert (problem.code, problem.rule, problem.line) == ("E_TOO_MANY_ROWS", "rows", 200_002)
    assert len(read_delimited(full + b"1,2\n", "a.csv", limit=False).rows) == 200_002


def test_bytes_have_a_limit() -> None:
    raw = b"a\n" + (b"x" * 99 + b"\n") * 104_858
    assert (_problem(raw).code, _problem(raw).rule) == ("E_TOO_MANY_ROWS", "bytes")
    assert len(read_delimited(raw, "a.csv", limit=False).rows) == 104_859


def test_the_line_is_told_in_the_message() -> None:
    class Echo:
        def __call__(self, key: str, /, **values: object) -> str:
            return f" {key} {values}"

    assert "'line': 2" in told(_problem("a,b\n1,x\0y\n"), Echo())  # type: ignore[arg-type]  # stands in for Say
