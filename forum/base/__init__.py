"""The ground floor: storage, the event log, the web, languages; it knows no room."""
