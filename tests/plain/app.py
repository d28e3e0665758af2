"""The opponent of the benchmarks: the overview and the province page as a ministry would build them with plain Dash.

Everything as the documentation of Dash shows it: `dcc.Graph` with the whole of plotly.js, a dropdown, a table, links
and a callback on the path; answers are compressed, figures stand in pandas frames. It is served as our page is:
`DATABASE_URL=... gunicorn --workers 2 --threads 8 --worker-class gthread tests.plain.app:server`.
"""

import os
from typing import Any

import pandas as pd
from dash import Dash, Input, Output, dcc, html, no_update

from tests.plain.charts import choropleth, gauge, locator, trend
from tests.plain.frames import Frames, read_frames

#: As many rows of the ranking as our overview shows: of the first, of the last, and of those that did not report.
FIRST, LAST, ABSENT = 5, 7, 4
_NATION = "VN"
_GRAPH = {"displayModeBar": False, "displaylogo": False}


def create_app(frames: Frames) -> Dash:
    """The application on these frames."""
    app = Dash("tests.plain.app", compress=True, suppress_callback_exceptions=True, title="Chính phủ điện tử")
    app.layout = html.Div(
        [
            dcc.Location(id="address"),
            html.Header([html.H2("Trung tâm Thông tin, chỉ đạo, điều hành"), dcc.Link("Tổng quan", href="/")]),
            html.Div(id="page"),
        ]
    )

    @app.callback(Output("page", "children"), Input("address", "pathname"))  # type: ignore[untyped-decorator]  # Dash has no types
    def show_page(path: str) -> Any:
        code = path.removeprefix("/province/")
        return province(frames, code) if code in frames.provinces else overview(frames, frames.headline[0])

    @app.callback(  # type: ignore[untyped-decorator]  # Dash has no types
        Output("title", "children"),
        Output("map", "figure"),
        Output("ranking", "children"),
        Output("trend", "figure"),
        Input("indicator", "value"),
        prevent_initial_call=True,
    )
    def show_indicator(indicator: str) -> Any:
        return of_indicator(frames, indicator)

    @app.callback(  # type: ignore[untyped-decorator]  # Dash has no types
        Output("drill", "pathname"), Input("map", "clickData"), prevent_initial_call=True
    )
    def show_clicked(click: dict[str, Any] | None) -> Any:
        code = click["points"][0].get("location") if click else None
        return f"/province/{code}" if code else no_update

    return app


def overview(frames: Frames, indicator: str) -> html.Main:
    """The page of the nation: four targets, the map, the ranking and the trend of one indicator."""
    title, drawn_map, table, drawn_trend = of_indicator(frames, indicator)
    options = [{"label": frames.titles[code], "value": code} for code in frames.choices]
    return html.Main(
        [
            dcc.Location(id="drill", refresh="callback-nav"),
            html.H1("Chính phủ điện tử: mục tiêu quốc gia"),
            html.Div([_tile(standing_of(frames, code, _NATION)) for code in frames.headline], className="tiles"),
            html.Div(
                [
                    html.H2(title, id="title"),
                    dcc.Dropdown(options, indicator, id="indicator", clearable=False, className="chooser"),
                ],
                className="controls",
            ),
            html.Div(
                [
                    html.Section(dcc.Graph(id="map", figure=drawn_map, config=_GRAPH)),
                    html.Section([html.H3("Xếp hạng"), html.Div(table, id="ranking")]),
                    html.Section(
                        [html.H3("Thực hiện và lộ trình"), dcc.Graph(id="trend", figure=drawn_trend, config=_GRAPH)]
                    ),
                ],
                className="columns",
            ),
        ],
        id="overview",
    )


def of_indicator(frames: Frames, indicator: str) -> tuple[str, Any, html.Table, Any]:
    """What changes with the indicator: heading, map, table of the ranking, trend."""
    ranking = frames.ranking[frames.ranking["indicator"] == indicator]
    nation = standing_of(frames, indicator, _NATION)
    return (
        frames.titles[indicator],
        choropleth(ranking, f"Theo địa phương, {nation['unit']} (để trống: chưa báo cáo)"),
        _ranking(ranking),
        trend(nation, course_of(frames, indicator, _NATION)),
    )


def province(frames: Frames, code: str) -> html.Main:
    """The page of one province: its first target, the trend of it, where it lies, and all its indicators."""
    first = frames.headline[0]
    known = frames.standing[frames.standing["code"] == code]
    reported = first in set(known["indicator"])
    standing = standing_of(frames, first, code if reported else _NATION)
    kpi = _tile(standing) if reported else html.Section([html.H3(standing["title"]), html.P("Chưa báo cáo")])
    ranks = frames.ranking[frames.ranking["code"] == code].set_index("indicator")["rank"]
    rows = [
        [
            html.Td(row["title"]),
            _cell(row["value"], row["unit"]),
            _cell(row["target"]),
            _cell(row["gap"]),
            _cell(ranks.get(row["indicator"])),
            html.Td(row["status"]),
        ]
        for _, row in known.iterrows()
    ]
    heads = ("Chỉ tiêu", "#Giá trị", "#Mục tiêu", "#So lộ trình", "#Hạng", "Tình trạng")
    return html.Main(
        [
            html.H1(frames.provinces[code]),
            html.Div(
                [
                    kpi,
                    html.Section(
                        [
                            html.H3("Thực hiện và lộ trình"),
                            dcc.Graph(figure=trend(standing, course_of(frames, first, code)), config=_GRAPH),
                        ]
                    ),
                    html.Section(
                        [html.H3("Vị trí"), dcc.Graph(figure=locator(code, frames.provinces), config=_GRAPH)]
                    ),
                ],
                className="columns",
            ),
            html.Section([html.H3("Các chỉ tiêu"), _table(heads, rows)]),
        ],
        id="province",
    )


def standing_of(frames: Frames, indicator: str, code: str) -> "pd.Series[Any]":
    """The row of one indicator and place. Raises IndexError where nothing is known of it."""
    found = frames.standing
    return found[(found["indicator"] == indicator) & (found["code"] == code)].iloc[0]


def course_of(frames: Frames, indicator: str, code: str) -> pd.DataFrame:
    """The points of the lines of one indicator and place."""
    found = frames.course
    return found[(found["indicator"] == indicator) & (found["code"] == code)]


def _tile(standing: "pd.Series[Any]") -> html.Section:
    return html.Section(
        [
            html.H3(standing["title"]),
            dcc.Graph(figure=gauge(standing), config=_GRAPH),
            html.P(
                [
                    html.B(standing["status"]),
                    f" · mục tiêu {_printed(standing['target'], standing['unit'])}",
                    f" · dự báo {_printed(standing['projection'], standing['unit'])}",
                ]
            ),
        ]
    )


def _ranking(ranking: pd.DataFrame) -> html.Table:
    reported, absent = ranking[ranking["value"].notna()], ranking[ranking["value"].isna()]
    shown = reported if len(reported) <= FIRST + LAST else pd.concat([reported.head(FIRST), reported.tail(LAST)])
    rows = []
    for _, row in pd.concat([shown, absent.head(ABSENT)]).iterrows():
        link = dcc.Link(row["name"], href=f"/province/{row['code']}")
        figures = [_cell(row[name]) for name in ("value", "gap", "moved")]
        rows.append([_cell(row["rank"]), html.Td(link), *figures, html.Td(row["status"])])
    return _table(("#Hạng", "Địa phương", "#Giá trị", "#So lộ trình", "#Bậc", "Tình trạng"), rows)


def _table(heads: tuple[str, ...], rows: list[list[html.Td]]) -> html.Table:
    """A table; the heading of a column of numbers begins with #."""
    named = [html.Th(head.lstrip("#"), className="number" if head.startswith("#") else "") for head in heads]
    return html.Table([html.Thead(html.Tr(named)), html.Tbody([html.Tr(cells) for cells in rows])])


def _cell(value: float | None, unit: str = "") -> html.Td:
    return html.Td(_printed(value, unit), className="number")


def _printed(value: float | None, unit: str = "") -> str:
    if value is None or pd.isna(value):
        return "–"
    return f"{value:,.10g}".translate(str.maketrans(",.", ".,")) + ("%" if unit == "%" else "")


def __getattr__(name: str) -> Any:
    """`server` for the WSGI server, made when it is asked for."""
    if name == "server":
        made = create_app(read_frames(os.environ["DATABASE_URL"])).server
        globals()["server"] = made
        return made
    raise AttributeError(name)
