"""Keys at the top of a page: missing, misspelt, or with a value that cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handbook.model.finding import Place
from handbook.trials.edit import Draft, Edit
from handbook.trials.mutations.editorial.shelf import EditorialShelf

if TYPE_CHECKING:
    from random import Random

    from handbook.trials.world import World

shelf: Final = EditorialShelf()

for _key in (
    "description",
    "audience",
    "claims",
    "evidence",
    "sensitive",
    "next",
    "related",
    "checked",
    "check_again",
    "clinical_review",
    "certainty",
):

    @shelf.make(f"key-missing-{_key.replace('_', '-')}", f"`{_key}` missing at the top of a page", "MET101")
    def _key_missing(world: World, chance: Random, key: str = _key) -> Edit | None:
        page = world.draw(chance, [page for page in world.client if page.section("what-we-know")])
        if page is None:
            return None
        line = page.front_matter.line_of(key)
        draft = Draft.of(page)
        draft.cut(line, line)
        return draft.edit(1)


shelf.top("key-misspelt", "a typing error in the name of a key", "MET102", r"^description:", "discription:")
shelf.top(
    "key-invented",
    "a key that nothing reads",
    "MET102",
    r"^clinical_review: none$",
    "reviewer: nobody\nclinical_review: none",
)
shelf.top(
    "description-with-html",
    "bold letters in HTML in the description",
    "MET103",
    r"^(description: )(\w+)",
    r"\1<b>\2</b>",
)
shelf.top("audience-wrong", "an audience that does not exist", "MET103", r"^audience: client$", "audience: clients")
shelf.top("sensitive-wrong", "a sensitivity that does not exist", "MET103", r"^sensitive: .*$", "sensitive: yes")
shelf.top("certainty-wrong", "a certainty that does not exist", "MET103", r"^certainty: .*$", "certainty: proven")
shelf.top("date-wrong", "a date that is none", "MET103", r"^checked: .*$", "checked: 22 November 2026")
shelf.top("date-impossible", "a day that does not exist", "MET103 STR131", r"^checked: .*$", "checked: 2026-02-30")
shelf.top("list-wrong", "words where a list belongs", "MET103", r"^claims: \[(.*)\]$", r"claims: \1")
shelf.top("slug-wrong", "capitals and spaces in an address", "MET103", r"^slug: .*$", "slug: Mijn Pagina")
shelf.top("review-wrong", "a review without a name", "MET103", r"^clinical_review: none$", "clinical_review: yes")
shelf.top(
    "description-long",
    "a description of three sentences",
    "MET104",
    r"^description: (.*)$",
    lambda match: f"description: {match[1]} {match[1]} {match[1]}",
)
shelf.swap(
    "title-differs",
    "a title that is not the heading",
    "MET105",
    r"^# (.*)$",
    r"# \1 now",
    pages=lambda world: list(world.client),
)
shelf.top("next-missing", "a next step that does not exist", "MET106", r"^next: (.*)\.md$", r"next: \1s.md")
shelf.top(
    "next-itself",
    "a next step that is the page itself",
    "MET106",
    r"^next: .*$",
    "next: needs/boundaries.md",
    lambda world: [page for page in world.pages if page.key == "needs/boundaries.md"],
)
shelf.top("related-missing", "a related page that does not exist", "MET106", r"^related: \[(\w)", r"related: [x\1")
shelf.top(
    "check-overdue",
    "a page that should have been checked again",
    "MET107",
    r"^check_again: .*$",
    "check_again: 2026-01-01",
)
shelf.top("check-far-away", "a next check in five years", "MET107", r"^check_again: .*$", "check_again: 2031-11-22")
shelf.top(
    "check-in-the-future",
    "a check in the future",
    "MET107",
    r"^checked: .*$",
    "checked: 2027-05-05",
    lambda world: list(world.client),
)


@shelf.make("slug-twice", "two pages of a folder with one address", "MET108")
def _slug_twice(world: World, chance: Random) -> Edit | None:
    pages = [page for page in world.in_language("nl", world.client) if not page.key.endswith("index.md")]
    page = world.draw(chance, pages)
    if page is None:
        return None
    folder = page.key.rpartition("/")[0]
    other = world.draw(chance, [one for one in pages if one.key.rpartition("/")[0] == folder and one is not page])
    if other is None:
        return None
    line = page.front_matter.line_of("slug")
    draft = Draft.of(page).put(line, f"slug: {other.front_matter.get('slug')}")
    return draft.edit(line, Place(other.path, other.front_matter.line_of("slug")))


@shelf.make("therapist-page-alone", "a page for therapists beside which no page for clients stands", "MET110")
def _alone(world: World, chance: Random) -> Edit | None:
    pages = [page for page in world.pages if page.front_matter.get("audience") == "therapist"]
    page = world.draw(chance, [page for page in pages if page.front_matter.texts("beside")])
    if page is None:
        return None
    line = page.front_matter.line_of("beside")
    return Draft.of(page).put(line, "beside: []").edit(page.front_matter.line, line)
