"""The history of the tables; `env.py` is Alembic's entry, `draft.py` writes the next revision."""
