"""What a page may load and do: one policy, written into every page and meant for the server's headers too.

Everything comes from the site itself, nothing runs that is not a file of ours, and no form can send anything anywhere.
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


def content_security_policy() -> str:
    """Return the policy as the value of a `Content-Security-Policy` header or meta element."""
    return "; ".join(f"{directive} {sources}" for directive, sources in POLICY.items())
