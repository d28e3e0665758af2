"""How often somebody may try to sign in: five failures in 15 minutes for a name from an address.

Counted is the pair. Whoever fails on purpose shuts out a name at their own address only, and its person still signs
in from everywhere else; whoever guesses from many addresses is slowed at each of them. Tries that are refused unseen
do not count, so that the wait ends 15 minutes after the failures whatever is tried meanwhile; a login that succeeds
takes no failure away, or a guesser beside its person would get five more with each.

Of a name that was given nothing is kept but a sha256 together with the address, for 15 minutes and until somebody
tries again: it may be a password that was typed in the wrong field. Tries of tokens are kept beside them.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data.ledger.entries import next_id
from data.people import folded
from data.schema import LOGIN_TRY

#: So many failures are looked at in so long; what follows is refused.
MOST_FAILURES, WINDOW = 5, timedelta(minutes=15)
#: What an owner of addresses of version 6 is given whole.
_NETWORK_BITS = 64
#: Digits that tell two names apart, and of which many thousand other names have the same.
_SHORT = 4

_TRY = LOGIN_TRY.c


def print_of_try(name: str, address: str) -> str:
    """By what tries are counted: a sha256 of the name as it is compared, and of the network it came from."""
    return _sha256(f"{folded(name)}\x1f{_network(address)}")


def print_of_token(whose: str, address: str) -> str:
    """By what tries of a token are counted: a sha256 of whose it was, and of the network it came from. It is the
    print of no name, for none begins with white space, as which this counts."""
    return _sha256(f"\x1f{whose}\x1f{_network(address)}")


def short_print(name: str) -> str:
    """Four hexadecimal digits by which the audit log tells whether the same unknown name is tried again; too few to
    find out which it was."""
    return _sha256(folded(name))[:_SHORT]


def failed(connection: Connection, tried: str, moment: datetime) -> int:
    """How many tries of this print failed and still count."""
    wanted = _TRY.print_sha256 == tried, _TRY.throttled.is_(False), _TRY.at > moment - WINDOW
    return connection.execute(sa.select(sa.func.count()).where(*wanted)).scalar_one()


def is_known_throttled(connection: Connection, tried: str, moment: datetime) -> bool:
    """Whether this print may not be tried now, and that was written down since its last failure: then nothing has to
    be written again, and a flood neither fills the log nor waits for the one writer."""
    newest = sa.select(sa.func.max(_TRY.at)).where(_TRY.print_sha256 == tried)
    fails = connection.execute(newest.where(_TRY.throttled.is_(False))).scalar()
    noted = connection.execute(newest.where(_TRY.throttled.is_(True))).scalar()
    written = fails is not None and noted is not None and noted >= fails
    return written and failed(connection, tried, moment) >= MOST_FAILURES


def note(connection: Connection, tried: str, moment: datetime, *, throttled: bool) -> None:
    """Write down a try that did not succeed, and forget those that count no more."""
    forget(connection, moment)
    row = {"id": next_id(connection, LOGIN_TRY), "print_sha256": tried, "at": moment, "throttled": throttled}
    connection.execute(LOGIN_TRY.insert(), [row])


def forget(connection: Connection, moment: datetime) -> None:
    """Take away every try that counts no more."""
    connection.execute(LOGIN_TRY.delete().where(_TRY.at <= moment - WINDOW))


def _network(address: str) -> str:
    """The address, or of one of version 6 the network that one owner has; a text that is none stands for itself."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((int(found), _NETWORK_BITS), strict=False))


def _sha256(text: str) -> str:
    return sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
