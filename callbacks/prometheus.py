"""What Prometheus asks: `/metrics`. Requests and troubles are counted by every worker, the store is looked at when it
is asked for. No label holds a name, an address or a figure: each is one of a list that stands in the code.
"""

import hmac
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from time import perf_counter
from typing import Any

from flask import Flask, Response, request
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from access.gate import BACK, ELSEWHERE, ENROL, LOGIN, LOGOUT, WALL
from callbacks.bundle import PREFIX, Bundle
from callbacks.dossier import FILES
from callbacks.glance import Glance
from callbacks.router import screen_at
from callbacks.table_files import FILES as TABLES
from data import migration
from data.clock import now
from data.store import Store
from data.vitals import Vitals, Watch
from settings import Settings, is_loopback

PATH = "/metrics"
#: What the environment of a request holds that is our own and counts for nobody; no header gets there.
UNCOUNTED = "centre.uncounted"
#: A look at the store serves everybody who asks for so long.
_LOOK_SECONDS = 5.0
#: The first that fits; what fits none is the page of a screen, or nothing of ours.
_KINDS = (
    ("file", re.compile(rf"{PREFIX}.*")),
    ("question", re.compile("/_dash-update-component")),
    ("frame", re.compile("/_.*")),
    ("alive", re.compile("/livez|/readyz|/heartbeat")),
    ("metrics", re.compile(PATH)),
    ("program", re.compile("/api/.*")),
    ("enrolment", re.compile(ENROL)),
    ("login", re.compile(f"{LOGIN}|{LOGOUT}|{ELSEWHERE}|{BACK}")),
    ("wall", WALL),
    ("table", TABLES),
    ("dossier", FILES),
)
#: Seconds. A page is to be there within 2; the server gives up after 30.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30)
#: What a proxy adds, told of or not.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")

_OWN = CollectorRegistry()
_SECONDS = Histogram(
    "centre_request_seconds",
    "Requests by kind of path and status, and the time until their answer was made",
    ("kind", "status"),
    buckets=_BUCKETS,
    registry=_OWN,
)
_LOGGED = Counter(
    "centre_log_lines", "Lines of the log by level and by their words before names are put in", ("level", "words"),
    registry=_OWN,
)  # fmt: skip


def hang(server: Flask, store: Store, settings: Settings, files: Bundle) -> None:
    """Hang the door before all others. To whoever may not know it is no path at all: they are told what those doors
    tell of one that there is not."""
    watch = Glance(Watch(store).look, _LOOK_SECONDS)
    logging.getLogger("centre").addFilter(_count_line)

    @server.before_request
    def metrics() -> Response | None:
        if request.path != PATH or request.method != "GET" or not _may_know(settings):
            return None
        registry = CollectorRegistry()
        registry.register(_Seen(watch.seen(), files.folder.name))
        try:
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # it has no types
        except ValueError:  # one process alone, which nobody serves from
            registry.register(_OWN)
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
        return Response(encode(registry), content_type=content_type)


def count(server: Flask) -> None:
    """Count every request of the server from now on, whoever answers it."""
    answered = server.wsgi_app

    def counted(asked: Any, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if UNCOUNTED in asked:
            return answered(asked, start_response)
        began = perf_counter()
        told = ["500"]

        def start(status: str, *rest: Any) -> Any:
            told[0] = status[:3]
            return start_response(status, *rest)

        try:
            return answered(asked, start)
        finally:
            _SECONDS.labels(kind_of(asked.get("PATH_INFO", "")), told[0]).observe(perf_counter() - began)

    server.wsgi_app = counted  # type: ignore[assignment, method-assign]  # the way Flask itself names for a middleware


def kind_of(path: str) -> str:
    """Of which kind a path is; one of a dozen words, whatever is asked for."""
    for kind, pattern in _KINDS:
        if pattern.fullmatch(path):
            return kind
    return "unknown" if screen_at(path) is None else "page"


def _may_know(settings: Settings) -> bool:
    """Whether this is a program of this machine, or one that bears the token. A browser bears cookies; and where a
    proxy stands in front of which nobody told us, everybody comes from this machine."""
    bearer = request.authorization
    if settings.metrics_token is not None and bearer is not None and bearer.type == "bearer":
        return hmac.compare_digest((bearer.token or "").encode(), settings.metrics_token.encode())
    if request.cookies or not is_loopback(request.remote_addr or ""):
        return False
    return settings.trusted_proxies > 0 or not any(name in request.headers for name in _FORWARDED)


def _count_line(record: logging.LogRecord) -> bool:
    # The words alone, never what is put into them; a test looks that ours are.
    _LOGGED.labels(record.levelname.lower(), str(record.msg)).inc()
    return True


class _Seen(Collector):
    """What was seen of the store, None where it cannot be read, as Prometheus takes it."""

    def __init__(self, seen: Vitals | None, build: str) -> None:
        self._seen = seen
        self._build = build

    def collect(self) -> Iterator[Metric]:
        """Every metric; of a store that cannot be read there is none but that."""
        told = {"build": self._build, "schema": migration.newest()}
        yield InfoMetricFamily("centre_build", "The build that is served, as the heartbeat tells it", told)
        yield GaugeMetricFamily("centre_store_up", "1 where the store can be read", int(self._seen is not None))
        if self._seen is not None:
            yield from _of_store(self._seen)


def _of_store(seen: Vitals) -> Iterator[Metric]:
    if seen.delivered is not None:
        at, age = seen.delivered.timestamp(), max((now() - seen.delivered).total_seconds(), 0.0)
        yield GaugeMetricFamily("centre_data_version", "Number of the newest delivery", seen.delivery)
        yield GaugeMetricFamily("centre_last_delivery_timestamp_seconds", "When the newest delivery was taken", at)
        yield GaugeMetricFamily("centre_data_age_seconds", "How long ago that was", age)
    deliveries = CounterMetricFamily("centre_deliveries", "Deliveries of files in the log", labels=("kind", "result"))
    for (kind, result), number in seen.deliveries.items():
        deliveries.add_metric((kind, result), number)
    yield deliveries
    logins = CounterMetricFamily("centre_logins", "Tries to sign in, in the log", labels=("result",))
    for result, number in seen.logins.items():
        logins.add_metric((result,), number)
    yield logins
    yield CounterMetricFamily("centre_audit_rows", "Rows of the audit log", value=seen.log_rows)
    yield GaugeMetricFamily("centre_sessions", "Sessions of people that go on", seen.sessions)
    yield GaugeMetricFamily("centre_screens", "Wall screens that are enrolled", seen.screens)
    if seen.standby is not None:
        yield from _of_standby(seen)


def _of_standby(seen: Vitals) -> Iterator[Metric]:
    """Only where pages are read from a standby."""
    assert seen.standby is not None
    cut_off = int(not seen.standby.receives)
    yield GaugeMetricFamily("centre_standby_cut_off", "1 where its primary does not reach the standby", cut_off)
    if seen.standby.behind is not None:
        yield GaugeMetricFamily("centre_standby_behind_bytes", "Received and not replayed yet", seen.standby.behind)
    if seen.standby.replayed is not None:
        at = seen.standby.replayed.timestamp()
        yield GaugeMetricFamily("centre_standby_replayed_timestamp_seconds", "When its last change was made", at)
