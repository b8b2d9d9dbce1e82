"""What somebody was writing when they signed out: kept until they come back, for them alone."""
