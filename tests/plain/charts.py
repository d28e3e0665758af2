"""The charts of the plain page, as the documentation of Plotly shows them: gauge, choropleth, trend, locator."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from geo.islands import archipelagos

#: The same borders as ours; the outer rings of the file run clockwise, which is what Plotly needs.
GEOJSON: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "geo" / "osm" / "provinces63.geojson").read_text("utf-8")
)
_COLOURS = {
    "Vượt": "#0B5F99",
    "Đạt": "#0B5F99",
    "Đúng lộ trình": "#0B5F99",
    "Cần theo dõi": "#BE8400",
    "Chậm": "#B23A0E",
    "Chưa đạt": "#B23A0E",
    "Quá hạn": "#7D0A3C",
}
_LAND, _LINE = "#C9DAE9", "#FFFFFF"
_ISLANDS = {"hoang-sa": "QĐ. Hoàng Sa", "truong-sa": "QĐ. Trường Sa"}
_FONT = {"family": "Arial, sans-serif", "size": 12, "color": "#13202C"}
#: A number as Vietnamese writes it.
_SEPARATORS = ",."


def gauge(standing: pd.Series) -> go.Figure:
    """One target: the value, its distance to the path where there is one, and a line at the target."""
    top = 100 if standing["unit"] == "%" else None
    target, value, gap = standing["target"], standing["value"], standing["gap"]
    known = pd.notna(value)
    figure = go.Figure(
        go.Indicator(
            mode="gauge+number+delta" if pd.notna(gap) else "gauge+number",
            value=value if known else None,
            number={"suffix": standing["unit"] if known else "", "font": {"size": 32}},
            delta={"reference": value - gap, "suffix": " điểm %"} if pd.notna(gap) else None,
            gauge={
                "axis": {"range": [0, top]},
                "bar": {"color": _COLOURS.get(standing["status"], "#74808C")},
                "threshold": None
                if pd.isna(target)
                else {"line": {"color": "#13202C", "width": 3}, "thickness": 0.9, "value": target},
            },
        )
    )
    return figure.update_layout(
        height=140, margin={"l": 24, "r": 24, "t": 24, "b": 8}, font=_FONT, separators=_SEPARATORS
    )


def choropleth(ranking: pd.DataFrame, title: str) -> go.Figure:
    """The 63 provinces by value; Plotly leaves those without one blank."""
    trace = go.Choropleth(
        geojson=GEOJSON,
        featureidkey="properties.code",
        locations=ranking["code"].tolist(),
        z=_plain(ranking["value"]),
        text=ranking["name"].tolist(),
        hovertemplate="%{text}: %{z}<extra></extra>",
        colorscale="Blues",
        marker_line={"color": _LINE, "width": 0.5},
        colorbar={"title": "", "thickness": 10, "len": 0.5, "x": 0, "xanchor": "left", "y": 0.3},
    )
    return _country([trace], {"height": 560, "title": {"text": title, "font": {"size": 14}}})


def locator(code: str, names: dict[str, str]) -> go.Figure:
    """Where one province lies: it in one colour, the others in another."""
    trace = go.Choropleth(
        geojson=GEOJSON,
        featureidkey="properties.code",
        locations=list(names),
        z=[int(each == code) for each in names],
        text=list(names.values()),
        hovertemplate="%{text}<extra></extra>",
        colorscale=[[0, _LAND], [1, "#B23A0E"]],
        showscale=False,
        marker_line={"color": _LINE, "width": 0.5},
    )
    return _country([trace], {"height": 420})


def trend(standing: pd.Series, course: pd.DataFrame) -> go.Figure:
    """What was measured, the path, the target on its due day and the projection to it."""
    styles: dict[str, tuple[str, dict[str, Any], str]] = {
        "actual": ("Thực hiện", {"color": "#13202C", "width": 3}, "lines+markers"),
        "path": ("Lộ trình", {"color": "#74808C", "dash": "dash"}, "lines"),
        "projection": ("Dự báo", {"color": "#0B5F99", "dash": "dot"}, "lines+markers"),
    }
    traces = []
    for line, (name, style, mode) in styles.items():
        points = course[course["line"] == line]
        if len(points):
            days = points["day"].tolist()
            traces.append(go.Scatter(x=days, y=_plain(points["value"]), name=name, line=style, mode=mode))
    target, due = standing["target"], standing["due"]
    if pd.notna(target) and due is not None and len(course):
        days = [course["day"].min(), due]
        red = {"color": "#B23A0E", "width": 1.5}
        traces.append(go.Scatter(x=days, y=[target, target], name="Mục tiêu", line=red, mode="lines"))
    return go.Figure(
        traces,
        {
            "height": 300,
            "margin": {"l": 36, "r": 12, "t": 12, "b": 24},
            "font": _FONT,
            "separators": _SEPARATORS,
            "template": "plotly_white",
            "legend": {"orientation": "h", "y": -0.15},
            "xaxis": {"tickformat": "%m/%Y"},
            "yaxis": {"rangemode": "tozero", "ticksuffix": "%" if standing["unit"] == "%" else ""},
        },
    )


def _plain(values: "pd.Series[float]") -> list[float | None]:
    return [None if pd.isna(value) else value for value in values]


def _country(traces: list[Any], layout: dict[str, Any]) -> go.Figure:
    """The frame of the country, with the islands of both archipelagos as dots."""
    notes = []
    for each in archipelagos():
        traces.append(
            go.Scattergeo(
                lon=[island.lon for island in each.islands],
                lat=[island.lat for island in each.islands],
                text=[island.name for island in each.islands],
                hoverinfo="text",
                mode="markers",
                marker={"size": 5, "color": "#2466A5"},
                showlegend=False,
            )
        )
        down = 0.62 if each.code == "hoang-sa" else 0.06
        notes.append({"text": _ISLANDS[each.code], "x": 0.98, "y": down, "xanchor": "right", "showarrow": False})
    return go.Figure(
        traces,
        {
            "margin": {"l": 0, "r": 0, "t": 32, "b": 0},
            "font": _FONT,
            "separators": _SEPARATORS,
            "annotations": notes,
            "geo": {
                "visible": False,
                "projection": {"type": "mercator"},
                "lonaxis": {"range": [101.8, 117.4]},
                "lataxis": {"range": [6.4, 23.5]},
                "bgcolor": "rgba(0,0,0,0)",
            },
        }
        | layout,
    )
