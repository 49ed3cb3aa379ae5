"""What search engines and link previews are told of a page: schema.org's MedicalWebPage, and nothing that is not so.

Title, address and language stand in the page already and are not said again: a page has to fit the first round trip.
It has been reviewed only where a named person did that; before, the words for a review are left out altogether.
The data stands in a script element of a type that no browser runs, which the content security policy lets pass.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

if TYPE_CHECKING:
    from handbook.editorial.changes import Changes
    from handbook.publishing.page_view import PageView


def linked_data(view: PageView, changes: Changes) -> Markup:
    """Return the data of a page as JSON that can stand in a page."""
    data: dict[str, Any] = {"@context": "https://schema.org", "@type": "MedicalWebPage"}
    if changed := changes.latest(view.key):
        data["dateModified"] = changed.isoformat()
    review = view.clinical_review
    if review is not None:
        data["lastReviewed"] = review.date.isoformat()
        data["reviewedBy"] = {"@type": "Person", "name": review.name, "jobTitle": review.profession}
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(written.replace("<", "\\u003c").replace("&", "\\u0026"))  # noqa: S704  (no sign ends the element)
