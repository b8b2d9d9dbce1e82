"""What several methods share: marks on a ballot, profiles of unique ballots, rounds, lots."""
