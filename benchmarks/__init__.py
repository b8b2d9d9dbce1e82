"""What the product promises about speed, measured on whatever machine this runs on."""
