"""Files made for people when they are sent: a calendar of their dates, a picture to print. Nothing is kept of them."""
