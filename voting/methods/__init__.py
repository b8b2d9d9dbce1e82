"""Ways to decide, one file each: a file that is here is a method that can be chosen."""
