"""What a page may load and do: one policy, written into every page, and one list of headers for every server.

Everything comes from the site itself, nothing runs that is not a file of ours, and no form can send anything anywhere.
A page says this of itself, so it holds on a host that lets nobody set headers. A header can say a little more: that no
other site may frame a page, which features of a device are off, and that the page before is nobody's business.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

POLICY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'none'",
        "base-uri": "'none'",
    }
)
IN_HEADERS_ALONE: Final[Mapping[str, str]] = MappingProxyType({"frame-ancestors": "'none'"})
"""Directives that browsers ignore in a meta element."""

SWITCHED_OFF: Final = (
    "accelerometer",
    "autoplay",
    "bluetooth",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "serial",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)
"""Features of a browser that no page of the handbook has a use for."""

TWO_YEARS: Final = 63_072_000


def content_security_policy() -> str:
    """Return the policy as the value of a meta element."""
    return written_policy(POLICY)


def security_headers(*, hsts: bool = False) -> dict[str, str]:
    """Return the headers of every response, name to value, in the order in which configurations list them.

    `hsts` tells browsers to use nothing but HTTPS for two years. It is a promise of the publisher about a host name, so
    it is off until somebody makes it.
    """
    headers = {
        "Content-Security-Policy": written_policy({**POLICY, **IN_HEADERS_ALONE}),
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in SWITCHED_OFF),
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if hsts:
        headers["Strict-Transport-Security"] = f"max-age={TWO_YEARS}"
    return headers


def written_policy(policy: Mapping[str, str]) -> str:
    """Return a policy as browsers read it."""
    return "; ".join(f"{directive} {sources}" for directive, sources in policy.items())
