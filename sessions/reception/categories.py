"""What words at a reception are about: the whole list, and what each is called."""

from collections.abc import Mapping
from enum import StrEnum

from forum.base.i18n import N_


class Category(StrEnum):
    """The matter of a word, as the register counts it."""

    ENVIRONMENT = "environment"
    HOUSING = "housing"
    TRAFFIC = "traffic"
    SAFETY = "safety"
    HEALTH = "health"
    EDUCATION = "education"
    WELFARE = "welfare"
    WORK = "work"
    CULTURE = "culture"
    OTHER = "other"


NAMES: Mapping[Category, str] = {
    Category.ENVIRONMENT: N_("Environment and cleanliness"),
    Category.HOUSING: N_("Housing and property management"),
    Category.TRAFFIC: N_("Traffic and parking"),
    Category.SAFETY: N_("Safety and order"),
    Category.HEALTH: N_("Health and care"),
    Category.EDUCATION: N_("Schools and children"),
    Category.WELFARE: N_("Old age and social help"),
    Category.WORK: N_("Work and business"),
    Category.CULTURE: N_("Culture and sport"),
    Category.OTHER: N_("Something else"),
}
