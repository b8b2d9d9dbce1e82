"""Reception: whoever comes gets a number, is heard, and learns which way their word goes."""
