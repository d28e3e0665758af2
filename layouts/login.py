"""Where people sign in: a form that needs no script, and what an account of each kind shows."""

from urllib.parse import urlencode

from access.gate import LOGIN
from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.parts import glyph, simulated
from layouts.shell import plain_header

#: Those whose scope is told beside the form.
KINDS = ("pm_office", "minister", "province_leader", "reporter", "approver")
#: The signs of what may be told over the form.
SIGNS = {
    "refused": "behind",
    "closed": "overdue",
    "over": "nr",
    "unknown": "behind",
    "failed": "behind",
    "away": "overdue",
}
_TOLD = "login-told"


def sign_in_page(wanted: str, told: str | None, say: Say, *, demo: bool, elsewhere: str | None = None) -> Child:
    """The page. `wanted` is where they are led afterwards; `told` is what is said over the form: `refused` in the
    same words for each reason, `closed` where nobody can sign in just now, `over` where a session ended, and of the
    single sign-on `unknown` where it vouched for nobody we know, `failed` for nobody, `away` where it is not to be
    reached; None for nothing. `elsewhere` is where the way to it begins, None where there is none."""
    return [
        html.A(say("shell.skip"), href="#main", className="skip"),
        plain_header(say, lambda code: f"{LOGIN}?{urlencode({'lang': code, 'next': wanted}, safe='/')}"),
        html.Main(
            html.Div([_form(wanted, told, elsewhere, say), _beside(say)], className="login-columns"),
            id="main",
            lang=say.language,
            **{"data-screen": "login"},
        ),
        _foot(say, demo=demo),
    ]


def _form(wanted: str, told: str | None, elsewhere: str | None, say: Say) -> Node:
    wrong = told == "refused"
    return html.Section(
        [
            html.H1(say("login.title")),
            html.P(say("login.account"), className="login-lead"),
            *_elsewhere(elsewhere, say),
            _told(told, say),
            Node(
                "form",
                [
                    html.Input(type="hidden", name="next", value=wanted),
                    _field("name", "username", say, wrong=wrong, type="text", autoFocus=True, spellCheck="false"),
                    _field("password", "current-password", say, wrong=wrong, type="password"),
                    html.Button(say("login.enter"), type="submit", className="login-enter"),
                ],
                method="post",
                action=f"{LOGIN}?lang={say.language}",
                className="login-form",
            ),
            html.P([say("login.forgotten"), " ", say("login.ends")], className="login-note"),
        ],
        className="card login-card",
    )


def _elsewhere(address: str | None, say: Say) -> list[Node]:
    """The single sign-on of an agency comes first, where there is one."""
    if address is None:
        return []
    return [
        html.A(say("login.elsewhere"), href=address, className="button login-elsewhere"),
        html.P(say("login.or"), className="login-or"),
    ]


def _told(told: str | None, say: Say) -> Node | None:
    if told is None:
        return None
    words = html.Span([html.B(say(f"login.{told}")), " ", say(f"login.{told}_text")])
    role = "status" if told == "over" else "alert"
    return html.Div([glyph(SIGNS[told]), words], className=f"login-told login-{told}", id=_TOLD, role=role)


def _field(name: str, completed: str, say: Say, *, wrong: bool, **given: str | bool) -> Node:
    key = f"login-{name}"
    told = {"aria-describedby": _TOLD, "aria-invalid": "true"} if wrong else {}
    kept = {"autoComplete": completed, "autoCapitalize": "none", "required": True, "maxLength": 1000}
    control = html.Input(id=key, name=name, **kept, **given, **told)
    return html.Div([html.Label(say(f"login.{name}"), htmlFor=key), control], className="login-field")


def _beside(say: Say) -> Node:
    """What an account of each kind shows, and what never belongs here."""
    rows = [html.Div([html.Dt(say(f"role.{each}")), html.Dd(say(f"login.of_{each}"))]) for each in KINDS]
    secrets = html.Span([html.B(say("login.secrets")), " ", say("login.secrets_text")])
    return html.Section(
        [
            html.H2(say("login.scopes")),
            html.Dl(rows, className="login-scopes"),
            html.P([glyph("na"), secrets], className="card login-secrets"),
        ],
        className="login-beside",
    )


def _foot(say: Say, *, demo: bool) -> Node:
    label = [html.Span(say("login.demo")), simulated(say)] if demo else None
    return html.Footer(
        [html.Span(say("login.foot")), html.Span(label, className="login-demo")], className="login-foot"
    )
