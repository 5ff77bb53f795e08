from grants.reviews.queries.standings import CriterionStanding, Standing, standing, standings

__all__ = ["CriterionStanding", "Standing", "standing", "standings"]
