"""What is read from outside: calendars by a secret link, and Atom feeds of public news."""
