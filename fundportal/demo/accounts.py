"""The people of the demo: each role, reviewers enough for every application, and who applies; plainly made up."""

from dataclasses import dataclass
from typing import Final

from fundportal.access import Role

PASSWORD: Final = "practice-round-2026"  # noqa: S105  (printed at every start; opens nothing but a demo)


@dataclass(frozen=True)
class DemoPerson:
    full_name: str
    role: str = ""
    language: str = "en"

    @property
    def email(self) -> str:
        return f"{self.full_name.split()[0].lower()}@example.org"


@dataclass(frozen=True)
class DemoOrganisation:
    """`people` are (first name, whether they sign)."""

    name: str
    kind: str
    city: str
    people: tuple[tuple[str, bool], ...]


PEOPLE: Final = (
    DemoPerson("Dalia Demo", Role.OFFICER),
    DemoPerson("Marcel Demo", Role.MANAGER, "fr"),
    DemoPerson("Frida Demo", Role.FINANCE_MAKER),
    DemoPerson("Chen Demo", Role.FINANCE_CHECKER),
    DemoPerson("Edith Demo", Role.EDITOR, "fr"),
    DemoPerson("Amadou Demo", Role.AUDITOR),
    DemoPerson("Petra Demo", Role.PEOPLE_ADMIN),
    DemoPerson("Paolo Demo", Role.PEOPLE_ADMIN),
    DemoPerson("Olga Demo", Role.OFFICER),
    DemoPerson("Carla Demo", Role.CHAIR),
    DemoPerson("Colin Demo", Role.CLERK),
    DemoPerson("Rosa Demo", Role.REVIEWER),
    DemoPerson("Rui Demo", Role.REVIEWER),
    DemoPerson("Rana Demo", Role.REVIEWER),
    DemoPerson("Remy Demo", Role.REVIEWER, "fr"),
    DemoPerson("Ruta Demo", Role.REVIEWER),
    DemoPerson("Aya Demo"),
    DemoPerson("Aldo Demo"),
    DemoPerson("Bela Demo"),
    DemoPerson("Ines Demo"),
    DemoPerson("Nadia Demo"),
)
ORGANISATIONS: Final = (
    DemoOrganisation("City of Valmont", "city", "Valmont", (("aya", True), ("aldo", False))),
    DemoOrganisation("Port Aurora Newcomers Association", "association", "Port Aurora", (("bela", True),)),
    DemoOrganisation("City of Lindmark", "city", "Lindmark", (("ines", True),)),
    DemoOrganisation("Tallow Lane Kitchen", "association", "Valmont", (("nadia", True),)),
)
