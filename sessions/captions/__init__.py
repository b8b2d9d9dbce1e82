"""The transcript: captions that clerks type, files bring and machines make, line by line."""
