"""Places from which forms are looked at. Each gives observations; none decides what is told to people."""
