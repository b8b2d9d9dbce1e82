"""Sign-in services of others: one file an adapter, registered by being here."""
