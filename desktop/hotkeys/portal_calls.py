"""Calls to the desktop's portal, and the answers that come later: as jeepney speaks them."""

from __future__ import annotations

import secrets
import socket
from collections import deque
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    new_method_call,
)
from jeepney.io.blocking import DBusConnection

BUS = "org.freedesktop.portal.Desktop"
REQUEST = "org.freedesktop.portal.Request"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
_BUS_ITSELF = "org.freedesktop.DBus"
_OBJECT = "/org/freedesktop/portal/desktop"
_CALL_SECONDS = 10
_ASK_SECONDS = 600  # a person answers
_NOBODY_THERE = (
    *("ServiceUnknown", "NameHasNoOwner", "UnknownObject", "UnknownInterface", "UnknownMethod"),
)


class RefusedError(Exception):
    """The portal answered with an error or a response code, or is gone; ``reason`` is an id."""

    def __init__(self, reason: str, said: str) -> None:
        super().__init__(said)
        self.reason = reason


def new_token() -> str:
    """A name for a request or a session that nobody else has."""
    return "yorisoi" + secrets.token_hex(4)


def portal_goes() -> MatchRule:
    """The bus tells that another program, or none, answers in the portal's name from now on."""
    rule = MatchRule(type="signal", sender=_BUS_ITSELF, member="NameOwnerChanged")
    rule.add_arg_condition(0, BUS)
    return rule


def raise_if_gone(message: Message) -> None:
    """A portal that has ended took our session with it; one that begins is no news.

    Raises:
        RefusedError: it has ended.
    """
    is_told = message.header.fields.get(HeaderFields.member) == "NameOwnerChanged"
    if is_told and message.body[1]:
        raise RefusedError("portal_lost", "the portal is gone, and the session with it")


def call(
    connection: DBusConnection, interface: str, member: str, signature: str, body: tuple[Any, ...]
) -> None:
    """Call the portal.

    Raises:
        RefusedError: it answered with an error, or there is none.
        TimeoutError: it did not answer.
    """
    address = DBusAddress(_OBJECT, BUS, interface)
    message = new_method_call(address, member, signature, body)
    reply = connection.send_and_get_reply(message, timeout=_CALL_SECONDS)
    if reply.header.message_type is MessageType.error:
        name = str(reply.header.fields.get(HeaderFields.error_name, ""))
        reason = "portal_missing" if name.endswith(_NOBODY_THERE) else "portal_refused"
        raise RefusedError(reason, f"{member}: {name}")


def request(
    connection: DBusConnection,
    member: str,
    signature: str,
    arguments: tuple[Any, ...],
    options: dict[str, Any],
) -> dict[str, Any]:
    """A call whose result comes later as a signal at a path that is known beforehand.

    Raises:
        RefusedError: the portal or the user said no, or the portal has ended meanwhile.
        TimeoutError: nobody answered.
    """
    token = new_token()
    sender = str(connection.unique_name)[1:].replace(".", "_")
    path = f"{_OBJECT}/request/{sender}/{token}"
    rule = MatchRule(type="signal", interface=REQUEST, member="Response", path=path)
    heard: deque[Message] = deque()
    with connection.filter(rule, queue=heard), connection.filter(portal_goes(), queue=heard):
        body = (*arguments, {**options, "handle_token": ("s", token)})
        call(connection, SHORTCUTS, member, signature, body)
        answer = connection.recv_until_filtered(heard, timeout=_ASK_SECONDS)
        while not rule.matches(answer):
            raise_if_gone(answer)
            answer = connection.recv_until_filtered(heard, timeout=_ASK_SECONDS)
    code, result = answer.body
    if code:
        raise RefusedError("portal_refused", f"{member}: response {code}")
    return dict(result)


def wake(connection: DBusConnection) -> None:
    """End a read in another thread; closing alone would leave it waiting."""
    try:
        connection.sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it has ended already
